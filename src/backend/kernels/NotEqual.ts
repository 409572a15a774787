import {NotEqual as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a != b; float32, int32 and bool, to bool. */
export const notEqual = binaryKernel(
  NAME,
  {float32: 'not_equal_f32', int32: 'not_equal_i32', bool: 'not_equal_bool'},
  'bool',
);
