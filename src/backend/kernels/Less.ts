import {Less as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a < b; float32, int32 and bool, to bool. */
export const less = binaryKernel(NAME, {float32: 'less_f32', int32: 'less_i32', bool: 'less_bool'}, 'bool');
