import {LessEqual as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a <= b; float32, int32 and bool, to bool. */
export const lessEqual = binaryKernel(
  NAME,
  {float32: 'less_equal_f32', int32: 'less_equal_i32', bool: 'less_equal_bool'},
  'bool',
);
