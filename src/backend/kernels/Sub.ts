import {Sub as NAME} from '@tensorflow/tfjs-core';
import {arithmeticKernel, combineEach} from './shared/complex.js';

/** a - b; float32, int32 and complex64. */
export const sub = arithmeticKernel(NAME, {float32: 'sub_f32', int32: 'sub_i32'}, combineEach('sub_f32'));
