import {Sigmoid as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** 1 / (1 + e^-x); float32. */
export const sigmoid = unaryKernel(NAME, {float32: 'sigmoid_f32'});
