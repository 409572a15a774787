import {Elu as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** x, or e^x - 1 where x < 0; float32. */
export const elu = unaryKernel(NAME, {float32: 'elu_f32'});
