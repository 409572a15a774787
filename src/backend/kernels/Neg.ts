import {Neg as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** -x; float32 and int32. */
export const neg = unaryKernel(NAME, {float32: 'neg_f32', int32: 'neg_i32'});
