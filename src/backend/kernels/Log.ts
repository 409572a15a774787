import {Log as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The natural logarithm, NaN below 0; float32. */
export const log = unaryKernel(NAME, {float32: 'log_f32'});
