import {Sqrt as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The square root; float32. */
export const sqrt = unaryKernel(NAME, {float32: 'sqrt_f32'});
