import {type EluGradInputs, EluGrad as NAME} from '@tensorflow/tfjs-core';
import {runBinary} from './shared/binary.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of Elu from its output y: dy, or dy (y + 1) where y < 0; float32. */
export const eluGrad = defineKernel<EluGradInputs>(NAME, ({inputs: {dy, y}, tensors}) => {
  if (dy.dtype !== 'float32' || y.dtype !== 'float32') return undefined;
  return runBinary(tensors, 'elu_grad_f32', dy, y, 'float32');
});
