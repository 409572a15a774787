import {TensorScatterUpdate as NAME, type TensorScatterUpdateInputs, util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {defineKernel} from './shared/kernel.js';
import {replaceSlices} from './shared/slices.js';

/** A copy of tensor, in which updates replace the slices that the rows of indices name; float32, int32, bool. */
export const tensorScatterUpdate = defineKernel<TensorScatterUpdateInputs>(NAME, ({inputs, tensors}) => {
  const {tensor, indices, updates} = inputs;
  const bytes = elementBytes(tensor.dtype);
  if (!bytes || updates.dtype !== tensor.dtype || indices.dtype !== 'int32') return undefined;
  const y = tensors.allocate(tensor.shape, tensor.dtype);
  tensors.wasm.copy_bytes(tensors.offset(tensor), tensors.offset(y), util.sizeFromShape(tensor.shape) * bytes);
  replaceSlices(tensors, indices, updates, y);
  return y;
});
