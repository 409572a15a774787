import {Tanh as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The hyperbolic tangent; float32. */
export const tanh = unaryKernel(NAME, {float32: 'tanh_f32'});
