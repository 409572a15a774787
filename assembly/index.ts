/** Every function that TypeScript may call. */

export {conv2d_backprop_filter_f32, conv2d_backprop_filter_f32_scratch_bytes} from './conv/backprop_filter';
export {
  depthwise_conv2d_backprop_filter_f32,
  depthwise_conv2d_backprop_filter_f32_scratch_bytes,
} from './conv/depthwise/backprop_filter';
export {
  depthwise_conv2d_backprop_input_f32,
  depthwise_conv2d_backprop_input_f32_scratch_bytes,
} from './conv/depthwise/backprop_input';
export {conv2d_backprop_filter_path} from './conv/path';
export {conv3d_backprop_filter_f32, conv3d_backprop_filter_f32_scratch_bytes} from './conv3d/convolution';
export {atan2_f32, floor_div_f32, hypot_f32, mod_f32} from './elementwise/binary_double';
export {bitwise_and_i32, floor_div_i32, mod_i32} from './elementwise/binary_int32';
export * from './elementwise/complex';
export {logical_xor_bool} from './elementwise/logical';
export * from './elementwise/predicates';
export {
  acos_f32,
  acosh_f32,
  asin_f32,
  asinh_f32,
  atan_f32,
  atanh_f32,
  cos_f32,
  cosh_f32,
  expm1_f32,
  expm1_f32,
  log1p_f32,
  log1p_f32,
  sin_f32,
  sinh_f32,
  tan_f32,
} from './elementwise/transcendental';
export {fft_f32, fft_f32_scratch_bytes} from './fft/fft';
export {fft_first_pass_4_f32} from './fft/first_pass';
export * from './fft/passes';
export * from './image/non_max_suppression';
export * from './image/resize_grad';
export * from './image/transform';
export * from './inference';
export {diag_8, diag_32} from './layout/diag';
export {mirror_pad} from './layout/mirror_pad';
export {scatter, scatter_add_bool, scatter_add_f32, scatter_add_i32} from './layout/scatter';
export * from './norm/batch_statistics';
export * from './norm/lrn';
export {avg_pool_grad_f32, max_pool_grad_f32} from './pool/backward';
export * from './pool/dilation';
export {max_pool_3d_grad_f32} from './pool/max_backward_3d';
export {max_pool_with_argmax_f32} from './pool/with_argmax';
export {dropout_mask_f32} from './random/dropout_mask';
export {argmin_bool, argmin_f32, argmin_i32} from './reduce/arg_extreme';
export * from './reduce/cumulative';
export * from './reduce/search_sorted';
export * from './reduce/segment_sum';
export * from './reduce/sequential';
