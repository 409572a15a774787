import {Ceil as NAME} from '@tensorflow/tfjs-core';
import {roundingKernel} from './shared/unary.js';

/** x rounded up; float32, and int32 and bool as they are. */
export const ceil = roundingKernel(NAME, 'ceil_f32');
