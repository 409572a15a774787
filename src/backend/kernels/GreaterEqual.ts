import {GreaterEqual as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a >= b; float32, int32 and bool, to bool. */
export const greaterEqual = binaryKernel(
  NAME,
  {float32: 'greater_equal_f32', int32: 'greater_equal_i32', bool: 'greater_equal_bool'},
  'bool',
);
