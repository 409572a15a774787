import {Asinh as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The inverse hyperbolic sine; float32. */
export const asinh = unaryKernel(NAME, {float32: 'asinh_f32'});
