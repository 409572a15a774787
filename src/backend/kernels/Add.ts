import {Add as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a + b; float32 and int32. */
export const add = binaryKernel(NAME, {float32: 'add_f32', int32: 'add_i32'});
