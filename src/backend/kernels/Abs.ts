import {Abs as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** |x|; float32 and int32. */
export const abs = unaryKernel(NAME, {float32: 'abs_f32', int32: 'abs_i32'});
