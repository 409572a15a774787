import {Sum as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** The sum along the given axes; float32, int32, and bool as int32. */
export const sum = reduceKernel(NAME, {
  float32: ['sum_f32', 'float32'],
  int32: ['sum_i32', 'int32'],
  bool: ['sum_bool', 'int32'],
});
