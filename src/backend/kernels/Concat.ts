import {type ConcatAttrs, Concat as NAME, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {concat as concatTensors} from './shared/concat.js';
import {defineKernel} from './shared/kernel.js';

/** The inputs side by side along an axis; float32, int32, bool. */
export const concat = defineKernel<Record<string, TensorInfo>, ConcatAttrs>(NAME, ({inputs, attrs, backend}) => {
  // This kernel's inputs are an array.
  const tensors = inputs as unknown as TensorInfo[];
  return concatTensors(backend, tensors, util.parseAxisParam(attrs.axis, tensors[0].shape)[0]);
});
