import {RealDiv as NAME} from '@tensorflow/tfjs-core';
import {arithmeticKernel, combineAll} from './shared/complex.js';

/** a / b; int32 rounds towards zero; float32, int32 and complex64. */
export const realDiv = arithmeticKernel(
  NAME,
  {float32: 'real_div_f32', int32: 'real_div_i32'},
  combineAll('complex_real_div_f32'),
);
