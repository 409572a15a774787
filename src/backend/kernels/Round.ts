import {Round as NAME} from '@tensorflow/tfjs-core';
import {roundingKernel} from './shared/unary.js';

/** The nearest integer, of two the even one; float32, and int32 and bool as they are. */
export const round = roundingKernel(NAME, 'round_f32');
