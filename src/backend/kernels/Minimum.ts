import {Minimum as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** The lesser of a and b; NaN if either is; float32 and int32. */
export const minimum = binaryKernel(NAME, {float32: 'minimum_f32', int32: 'minimum_i32'});
