import {IsFinite as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** Whether x is neither infinite nor NaN; float32 to bool. */
export const isFiniteKernel = unaryKernel(NAME, {float32: 'is_finite_f32'}, 'bool');
