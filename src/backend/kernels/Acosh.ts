import {Acosh as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The inverse hyperbolic cosine, NaN below 1; float32. */
export const acosh = unaryKernel(NAME, {float32: 'acosh_f32'});
