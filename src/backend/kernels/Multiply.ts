import {Multiply as NAME} from '@tensorflow/tfjs-core';
import {arithmeticKernel, combineAll} from './shared/complex.js';

/** a b; float32, int32 and complex64. */
export const multiply = arithmeticKernel(
  NAME,
  {float32: 'multiply_f32', int32: 'multiply_i32'},
  combineAll('complex_multiply_f32'),
);
