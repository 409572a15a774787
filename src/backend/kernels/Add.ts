import {Add as NAME} from '@tensorflow/tfjs-core';
import {arithmeticKernel, combineEach} from './shared/complex.js';

/** a + b; float32, int32 and complex64. */
export const add = arithmeticKernel(NAME, {float32: 'add_f32', int32: 'add_i32'}, combineEach('add_f32'));
