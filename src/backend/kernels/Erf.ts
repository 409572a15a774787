import {Erf as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The error function; float32. Off by at most 0.53 ulp; tfjs's formula is off by up to 1.5e-7. */
export const erf = unaryKernel(NAME, {float32: 'erf_f32'});
