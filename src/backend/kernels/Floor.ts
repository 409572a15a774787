import {Floor as NAME} from '@tensorflow/tfjs-core';
import {roundingKernel} from './shared/unary.js';

/** The greatest integer that is at most x; float32, and int32 and bool as they are. */
export const floor = roundingKernel(NAME, 'floor_f32');
