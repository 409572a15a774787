import {Asin as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The inverse sine, NaN outside of -1 to 1; float32. */
export const asin = unaryKernel(NAME, {float32: 'asin_f32'});
