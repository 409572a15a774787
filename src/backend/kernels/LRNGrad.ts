import {type LRNGradAttrs, type LRNGradInputs, LRNGrad as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {runLrn} from './shared/lrn.js';

/** The gradient of LRN with respect to its input x, from its output y and the gradient dy of that; float32. */
export const lrnGrad = defineKernel<LRNGradInputs, LRNGradAttrs>(NAME, ({inputs: {x, y, dy}, attrs, tensors}) =>
  runLrn(tensors, [x, y, dy], attrs, ([offsetX, offsetY, offsetDy, offsetDx], args) =>
    tensors.wasm.lrn_grad_f32(offsetX, offsetY, offsetDy, offsetDx, ...args),
  ),
);
