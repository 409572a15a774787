import {Round as NAME} from '@tensorflow/tfjs-core';
import {roundingKernel} from './shared/unary.js';

/** x rounded to the nearest integer, ties to even; float32, and int32 and bool as they are. */
export const round = roundingKernel(NAME, 'round_f32');
