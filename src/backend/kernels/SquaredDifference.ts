import {SquaredDifference as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** (a - b)^2; float32 and int32. */
export const squaredDifference = binaryKernel(NAME, {
  float32: 'squared_difference_f32',
  int32: 'squared_difference_i32',
});
