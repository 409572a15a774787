import {Softmax as NAME, type SoftmaxAttrs, type SoftmaxInputs, util} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';

/** e^x / sum of e^x over the last dimension; float32. */
export const softmax = defineKernel<SoftmaxInputs, SoftmaxAttrs>(NAME, ({inputs: {logits}, attrs, tensors}) => {
  const {shape, dtype} = logits;
  const last = shape.length - 1;
  if (attrs.dim !== -1 && attrs.dim !== last) {
    throw new Error(
      `Softmax along a non-last dimension is not supported: logits have rank ${shape.length} and dim is ${attrs.dim}; ` +
        `expected ${last} or -1. Transpose the logits first.`,
    );
  }
  if (dtype !== 'float32') return undefined;
  const y = tensors.allocate(shape, 'float32');
  const size = util.sizeFromShape(shape);
  const classes = shape[last] ?? 1;
  if (size > 0) tensors.wasm.softmax_f32(tensors.offset(logits), tensors.offset(y), size / classes, classes);
  return y;
});
