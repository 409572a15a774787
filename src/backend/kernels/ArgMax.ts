import {ArgMax as NAME} from '@tensorflow/tfjs-core';
import {argReduceKernel} from './shared/reduce.js';

/** The index of the first largest element along an axis, int32; of float32, int32 and bool. */
export const argMax = argReduceKernel(NAME, {float32: 'argmax_f32', int32: 'argmax_i32', bool: 'argmax_bool'});
