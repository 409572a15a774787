import {Relu as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** max(x, 0), NaN kept; float32 and int32. */
export const relu = unaryKernel(NAME, {float32: 'relu_f32', int32: 'relu_i32'});
