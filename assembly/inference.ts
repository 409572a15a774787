/**
 * The functions of mnist-wasm/inference: what scripts/kernel-lists.mjs leaves to it calls no others. The micro-kernels are
 * exported for their tests, and because Binaryen then keeps each as a function of its own, which V8 needs (see
 * gemm/micro/tile.ts); in the modules of inference scripts/modules.mjs then leaves their names out.
 */

export {conv2d_backprop_input_f32, conv2d_backprop_input_f32_scratch_bytes} from './conv/backprop_input';
export {depthwise_conv2d_f32, depthwise_conv2d_f32_scratch_bytes} from './conv/depthwise/forward';
export {depthwise_tile_f32, depthwise_tile_in_place_f32} from './conv/depthwise/micro';
export {depthwise_row_f32, depthwise_taps_f32} from './conv/depthwise/row';
export {
  conv2d_f32,
  conv2d_f32_scratch_bytes,
  conv2d_packed_f32,
  pack_filter_f32,
  packed_filter_f32_bytes,
} from './conv/forward';
export {conv2d_backprop_input_path, conv2d_path} from './conv/path';
export {conv2d_max_pool_f32} from './conv/pooled_images';
export {
  conv3d_backprop_input_f32,
  conv3d_backprop_input_f32_scratch_bytes,
  conv3d_f32,
  conv3d_f32_scratch_bytes,
} from './conv3d/convolution';
export * from './elementwise/activation';
export * from './elementwise/add_n';
export * from './elementwise/arithmetic';
export * from './elementwise/binary';
export {pow_f32} from './elementwise/binary_double';
export {
  add_i32,
  maximum_i32,
  minimum_i32,
  multiply_i32,
  real_div_i32,
  squared_difference_i32,
  sub_i32,
} from './elementwise/binary_int32';
export * from './elementwise/cast';
export * from './elementwise/compare';
export * from './elementwise/compare_bool';
export * from './elementwise/compare_int32';
export {evaluate} from './elementwise/evaluate';
export {evaluate_sums} from './elementwise/evaluate_sums';
export * from './elementwise/fill';
export * from './elementwise/int32';
export {logical_and_bool, logical_not_bool, logical_or_bool} from './elementwise/logical';
export {operand_scratch_bytes} from './elementwise/operands';
export {progression_f32} from './elementwise/progression';
export * from './elementwise/select';
export {erf_f32, exp_f32, log_f32} from './elementwise/transcendental';
export {batch_matmul_f32, gemm_f32, gemm_packed_f32, pack_b_f32} from './gemm/driver';
export {matmul_i32, matmul_i32_bool} from './gemm/integer';
export * from './gemm/micro/pixels';
export * from './gemm/micro/rows';
export * from './gemm/micro/step';
export * from './gemm/micro/table';
export * from './gemm/panels';
export {gemm_f32_packing, gemm_f32_scratch_bytes, packed_b_f32_bytes} from './gemm/plan';
export {crop_and_resize_f32, crop_and_resize_f32_scratch_bytes} from './image/crop_and_resize';
export * from './image/resize';
export {concat} from './layout/concat';
export {copy_bytes, repeatRun as repeat_run} from './layout/copy';
export {gather} from './layout/gather';
export {one_hot_8, one_hot_32} from './layout/one_hot';
export {pad} from './layout/pad';
export {slice_numbers} from './layout/slice_numbers';
export {copy_strided_8, copy_strided_32} from './layout/strided';
export {transpose_8, transpose_32} from './layout/transpose';
export {heap_base, parameters_offset} from './memory';
export {batch_norm_f32, batch_norm_f32_scratch_bytes} from './norm/batch_norm';
export {softmax_f32} from './norm/softmax';
export {avg_pool_f32, max_pool_f32, max_pool_i32} from './pool/forward';
export {argmax_bool, argmax_f32, argmax_i32} from './reduce/arg_extreme';
export * from './reduce/bincount';
export * from './reduce/extreme';
export * from './reduce/integer_sum';
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
