import {Softplus as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** ln(1 + e^x); float32. */
export const softplus = unaryKernel(NAME, {float32: 'softplus_f32'});
