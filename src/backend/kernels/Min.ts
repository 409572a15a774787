import {Min as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** The minimum along the given axes; NaN if any element is; float32, int32, bool. */
export const min = reduceKernel(NAME, {
  float32: ['min_f32', 'float32'],
  int32: ['min_i32', 'int32'],
  bool: ['min_bool', 'bool'],
});
