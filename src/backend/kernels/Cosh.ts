import {Cosh as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The hyperbolic cosine; float32. */
export const cosh = unaryKernel(NAME, {float32: 'cosh_f32'});
