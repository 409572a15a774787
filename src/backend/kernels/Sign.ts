import {Sign as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** -1, 0 or 1, and 0 for NaN; float32 and int32. */
export const sign = unaryKernel(NAME, {float32: 'sign_f32', int32: 'sign_i32'});
