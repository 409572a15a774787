import {Relu6 as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** min(max(x, 0), 6), NaN kept; float32 and int32. */
export const relu6 = unaryKernel(NAME, {float32: 'relu6_f32', int32: 'relu6_i32'});
