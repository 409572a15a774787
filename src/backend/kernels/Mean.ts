import {Mean as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** The arithmetic mean along the given axes, float32; of float32, int32 and bool. */
export const mean = reduceKernel(NAME, {
  float32: ['mean_f32', 'float32'],
  int32: ['mean_i32', 'float32'],
  bool: ['mean_bool', 'float32'],
});
