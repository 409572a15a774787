import {Greater as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a > b; float32, int32 and bool, to bool. */
export const greater = binaryKernel(NAME, {float32: 'greater_f32', int32: 'greater_i32', bool: 'greater_bool'}, 'bool');
