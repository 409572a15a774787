import {Atan as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The inverse tangent; float32. */
export const atan = unaryKernel(NAME, {float32: 'atan_f32'});
