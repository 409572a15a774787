import {Sub as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a - b; float32 and int32. */
export const sub = binaryKernel(NAME, {float32: 'sub_f32', int32: 'sub_i32'});
