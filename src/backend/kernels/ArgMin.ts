import {ArgMin as NAME} from '@tensorflow/tfjs-core';
import {argReduceKernel} from './shared/reduce.js';

/** The index of the first smallest element along an axis, int32; of float32, int32 and bool. */
export const argMin = argReduceKernel(NAME, {float32: 'argmin_f32', int32: 'argmin_i32', bool: 'argmin_bool'});
