import {Max as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** The largest over the given axes, NaN before all; float32, int32, bool. */
export const max = reduceKernel(NAME, {
  float32: ['max_f32', 'float32'],
  int32: ['max_i32', 'int32'],
  bool: ['max_bool', 'bool'],
});
