import {Atan2 as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** The angle of the point (b, a), from -pi to pi; float32. */
export const atan2 = binaryKernel(NAME, {float32: 'atan2_f32'});
