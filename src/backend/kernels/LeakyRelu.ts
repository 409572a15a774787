import {type LeakyReluAttrs, type LeakyReluInputs, LeakyRelu as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {runUnary} from './shared/unary.js';

/** x, or alpha x where x < 0; float32 and int32, to float32. */
export const leakyRelu = defineKernel<LeakyReluInputs, LeakyReluAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  if (x.dtype === 'float32') return runUnary(tensors, 'leaky_relu_f32', x, 'float32', attrs.alpha);
  if (x.dtype === 'int32') return runUnary(tensors, 'leaky_relu_i32', x, 'float32', attrs.alpha);
  return undefined;
});
