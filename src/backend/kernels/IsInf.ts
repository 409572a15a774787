import {IsInf as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** Whether x is infinite; float32 to bool. */
export const isInf = unaryKernel(NAME, {float32: 'is_inf_f32'}, 'bool');
