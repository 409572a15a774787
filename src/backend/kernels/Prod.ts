import {Prod as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** The product along the given axes; float32, int32, and bool as int32. */
export const prod = reduceKernel(NAME, {
  float32: ['prod_f32', 'float32'],
  int32: ['prod_i32', 'int32'],
  bool: ['prod_bool', 'int32'],
});
