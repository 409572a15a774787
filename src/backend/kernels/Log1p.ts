import {Log1p as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** ln(1 + x), NaN below -1; float32. */
export const log1p = unaryKernel(NAME, {float32: 'log1p_f32'});
