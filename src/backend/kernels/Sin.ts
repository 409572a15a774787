import {Sin as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The sine; float32. */
export const sin = unaryKernel(NAME, {float32: 'sin_f32'});
