import {Neg as NAME, type UnaryInputs} from '@tensorflow/tfjs-core';
import {partwiseKernel} from './shared/complex.js';
import {runUnaryOf} from './shared/unary.js';

/** -x; float32, int32 and complex64. */
export const neg = partwiseKernel<UnaryInputs>(NAME, ({inputs: {x}, tensors}) =>
  runUnaryOf(tensors, {float32: 'neg_f32', int32: 'neg_i32'}, x),
);
