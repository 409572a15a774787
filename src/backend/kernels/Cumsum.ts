import {Cumsum as NAME} from '@tensorflow/tfjs-core';
import {cumulativeKernel} from './shared/cumulative.js';

/** The cumulative sum along an axis; float32, int32, and bool to int32. */
export const cumsum = cumulativeKernel(NAME, {float32: 'cumsum_f32', int32: 'cumsum_i32'});
