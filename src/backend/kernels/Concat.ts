import {type ConcatAttrs, Concat as NAME, type TensorInfo} from '@tensorflow/tfjs-core';
import {axisOf} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';
import {concat as concatTensors} from './shared/concat.js';

/** The inputs side by side along an axis; float32, int32, bool, complex64. */
export const concat = partwiseKernel<Record<string, TensorInfo>, ConcatAttrs>(NAME, ({inputs, attrs, tensors}) => {
  // This kernel's inputs are an array.
  const list = inputs as unknown as TensorInfo[];
  return concatTensors(tensors, list, axisOf(NAME, attrs.axis, list[0].shape));
});
