import {Tan as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The tangent; float32. */
export const tan = unaryKernel(NAME, {float32: 'tan_f32'});
