import {Max as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** The maximum along the given axes; NaN if any element is; float32, int32, bool. */
export const max = reduceKernel(NAME, {
  float32: ['max_f32', 'float32'],
  int32: ['max_i32', 'int32'],
  bool: ['max_bool', 'bool'],
});
