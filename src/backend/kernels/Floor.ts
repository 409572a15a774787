import {Floor as NAME} from '@tensorflow/tfjs-core';
import {roundingKernel} from './shared/unary.js';

/** x rounded down; float32, and int32 and bool as they are. */
export const floor = roundingKernel(NAME, 'floor_f32');
