import {Cumprod as NAME} from '@tensorflow/tfjs-core';
import {cumulativeKernel} from './shared/cumulative.js';

/** The cumulative product along an axis; float32, int32, and bool to int32. */
export const cumprod = cumulativeKernel(NAME, {float32: 'cumprod_f32', int32: 'cumprod_i32'});
