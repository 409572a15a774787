import {Rsqrt as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** 1 / sqrt(x); float32. */
export const rsqrt = unaryKernel(NAME, {float32: 'rsqrt_f32'});
