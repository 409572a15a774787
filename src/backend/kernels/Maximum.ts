import {Maximum as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** The greater of a and b; NaN if either is; float32 and int32. */
export const maximum = binaryKernel(NAME, {float32: 'maximum_f32', int32: 'maximum_i32'});
