import {Equal as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a == b; float32, int32 and bool, to bool. */
export const equal = binaryKernel(NAME, {float32: 'equal_f32', int32: 'equal_i32', bool: 'equal_bool'}, 'bool');
