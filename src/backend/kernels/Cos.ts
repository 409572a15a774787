import {Cos as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The cosine; float32. */
export const cos = unaryKernel(NAME, {float32: 'cos_f32'});
