import {Reciprocal as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** 1 / x; float32. */
export const reciprocal = unaryKernel(NAME, {float32: 'reciprocal_f32'});
