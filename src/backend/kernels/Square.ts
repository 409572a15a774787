import {Square as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** x^2; float32 and int32. */
export const square = unaryKernel(NAME, {float32: 'square_f32', int32: 'square_i32'});
