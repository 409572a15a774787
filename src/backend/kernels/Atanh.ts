import {Atanh as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** The inverse hyperbolic tangent, NaN outside of -1 to 1; float32. */
export const atanh = unaryKernel(NAME, {float32: 'atanh_f32'});
