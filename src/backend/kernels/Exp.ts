import {Exp as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** e^x; float32 and int32, to float32. */
export const exp = unaryKernel(NAME, {float32: 'exp_f32', int32: 'exp_i32'}, 'float32');
