import {backend_util, Selu as NAME, type SeluInputs} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {runUnary} from './shared/unary.js';

const {SELU_SCALE, SELU_SCALEALPHA} = backend_util;

/** scale x, or scale alpha (e^x - 1) where x < 0; float32. */
export const selu = defineKernel<SeluInputs>(NAME, ({inputs: {x}, tensors}) => {
  if (x.dtype !== 'float32') return undefined;
  return runUnary(tensors, 'selu_f32', x, 'float32', SELU_SCALE, SELU_SCALEALPHA);
});
