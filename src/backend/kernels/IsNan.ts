import {IsNan as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** Whether x is NaN; float32 to bool. */
export const isNan = unaryKernel(NAME, {float32: 'is_nan_f32'}, 'bool');
