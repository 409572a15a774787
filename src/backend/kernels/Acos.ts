import {Acos as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The inverse cosine, NaN outside of -1 to 1; float32. */
export const acos = unaryKernel(NAME, {float32: 'acos_f32'});
