/**
 * The element-wise functions that an evaluation can run, by the names under which they are exported. TypeScript imports
 * this file too: an opcode is found by the name of a kernel's function.
 */
export enum Opcode {
  abs_f32,
  add_f32,
  /** y += a: a sum over chunks. */
  add_to,
  clip_f32,
  copy_bytes,
  elu_f32,
  elu_grad_f32,
  exp_f32,
  floor_f32,
  leaky_relu_f32,
  log_f32,
  maximum_f32,
  minimum_f32,
  multiply_f32,
  neg_f32,
  prelu_f32,
  real_div_f32,
  reciprocal_f32,
  relu6_f32,
  relu_f32,
  rsqrt_f32,
  selu_f32,
  sigmoid_f32,
  sqrt_f32,
  square_f32,
  squared_difference_f32,
  step_f32,
  sub_f32,
  tanh_f32,
}
