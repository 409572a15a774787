/**
 * Every function that TypeScript may call. The micro-kernels are exported for their tests, and because Binaryen then
 * keeps each as a function of its own, which V8 needs (see gemm/micro/tile.ts).
 */

export {conv2d_backprop_filter_f32, conv2d_backprop_filter_f32_scratch_bytes} from './conv/backprop_filter';
export {conv2d_backprop_input_f32, conv2d_backprop_input_f32_scratch_bytes} from './conv/backprop_input';
export {
  depthwise_conv2d_backprop_filter_f32,
  depthwise_conv2d_backprop_filter_f32_scratch_bytes,
} from './conv/depthwise/backprop_filter';
export {
  depthwise_conv2d_backprop_input_f32,
  depthwise_conv2d_backprop_input_f32_scratch_bytes,
} from './conv/depthwise/backprop_input';
export {depthwise_conv2d_f32, depthwise_conv2d_f32_scratch_bytes} from './conv/depthwise/forward';
export {depthwise_tile_f32, depthwise_tile_in_place_f32} from './conv/depthwise/micro';
export {depthwise_row_f32, depthwise_taps_f32} from './conv/depthwise/row';
export {conv2d_f32, conv2d_f32_scratch_bytes} from './conv/forward';
export {conv2d_backprop_filter_path, conv2d_backprop_input_path, conv2d_path} from './conv/path';
export {
  conv3d_backprop_filter_f32,
  conv3d_backprop_filter_f32_scratch_bytes,
  conv3d_backprop_input_f32,
  conv3d_backprop_input_f32_scratch_bytes,
  conv3d_f32,
  conv3d_f32_scratch_bytes,
} from './conv3d/convolution';
export * from './elementwise/activation';
export * from './elementwise/add_n';
export * from './elementwise/arithmetic';
export * from './elementwise/binary';
export * from './elementwise/binary_double';
export * from './elementwise/binary_int32';
export * from './elementwise/cast';
export * from './elementwise/compare';
export * from './elementwise/compare_bool';
export * from './elementwise/compare_int32';
export * from './elementwise/complex';
export {evaluate} from './elementwise/evaluate';
export {evaluate_sums} from './elementwise/evaluate_sums';
export * from './elementwise/fill';
export * from './elementwise/int32';
export * from './elementwise/logical';
export {operand_scratch_bytes} from './elementwise/operands';
export * from './elementwise/predicates';
export {progression_f32} from './elementwise/progression';
export * from './elementwise/select';
export * from './elementwise/transcendental';
export {fft_f32, fft_f32_scratch_bytes} from './fft/fft';
export {fft_first_pass_4_f32} from './fft/first_pass';
export * from './fft/passes';
export {batch_matmul_f32, gemm_f32} from './gemm/driver';
export {matmul_i32, matmul_i32_bool} from './gemm/integer';
export * from './gemm/micro/pixels';
export * from './gemm/micro/rows';
export * from './gemm/micro/step';
export * from './gemm/micro/table';
export {gemm_f32_packing, gemm_f32_scratch_bytes} from './gemm/plan';
export {crop_and_resize_f32, crop_and_resize_f32_scratch_bytes} from './image/crop_and_resize';
export * from './image/non_max_suppression';
export * from './image/resize';
export * from './image/resize_grad';
export * from './image/transform';
export {concat} from './layout/concat';
export {copy_bytes, repeatRun as repeat_run} from './layout/copy';
export {diag_8, diag_32} from './layout/diag';
export {gather} from './layout/gather';
export {mirror_pad} from './layout/mirror_pad';
export {one_hot_8, one_hot_32} from './layout/one_hot';
export {pad} from './layout/pad';
export {scatter, scatter_add_bool, scatter_add_f32, scatter_add_i32} from './layout/scatter';
export {slice_numbers} from './layout/slice_numbers';
export {copy_strided_8, copy_strided_32} from './layout/strided';
export {transpose_8, transpose_32} from './layout/transpose';
export {heap_base, parameters_offset} from './memory';
export {batch_norm_f32, batch_norm_f32_scratch_bytes} from './norm/batch_norm';
export * from './norm/lrn';
export {softmax_f32} from './norm/softmax';
export {avg_pool_grad_f32, max_pool_grad_f32} from './pool/backward';
export * from './pool/dilation';
export {avg_pool_f32, max_pool_f32, max_pool_i32} from './pool/forward';
export {max_pool_3d_grad_f32} from './pool/max_backward_3d';
export {max_pool_with_argmax_f32} from './pool/with_argmax';
export * from './reduce/arg_extreme';
export * from './reduce/bincount';
export * from './reduce/cumulative';
export * from './reduce/extreme';
export * from './reduce/integer_sum';
export * from './reduce/search_sorted';
export * from './reduce/segment_sum';
export * from './reduce/sequential';
export * from './reduce/sum';
export * from './reduce/top_k';
export {
  allow_sleep,
  close_job,
  noteChunks as note_chunks,
  ready_threads,
  scale_chunks,
  set_threads,
  stop_threads,
  threadCount as thread_count,
  wants_threads,
} from './threads/pool';
export {fail_job, work} from './threads/worker';
