import {Sinh as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The hyperbolic sine; float32. */
export const sinh = unaryKernel(NAME, {float32: 'sinh_f32'});
