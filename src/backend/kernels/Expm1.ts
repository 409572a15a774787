import {Expm1 as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** e^x - 1; float32. */
export const expm1 = unaryKernel(NAME, {float32: 'expm1_f32'});
