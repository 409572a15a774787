import {type LRNAttrs, type LRNInputs, LRN as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {runLrn} from './shared/lrn.js';

/** x * (bias + alpha * sum of x^2)^-beta, the sum over the channels at most depthRadius away; float32. */
export const lrn = defineKernel<LRNInputs, LRNAttrs>(NAME, ({inputs: {x}, attrs, tensors}) =>
  runLrn(tensors, [x], attrs, ([offsetX, offsetY], args) => tensors.wasm.lrn_f32(offsetX, offsetY, ...args)),
);
