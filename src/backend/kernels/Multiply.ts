import {Multiply as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a b; float32 and int32. */
export const multiply = binaryKernel(NAME, {float32: 'multiply_f32', int32: 'multiply_i32'});
