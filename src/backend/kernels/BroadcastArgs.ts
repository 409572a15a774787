import {type BroadcastArgsInputs, backend_util, BroadcastArgs as NAME} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {defineKernel} from './shared/kernel.js';

/** The shape to which two shapes are broadcast; all three are vectors, the result int32. */
export const broadcastArgs = defineKernel<BroadcastArgsInputs>(NAME, ({inputs: {s0, s1}, tensors}) => {
  if (!elementBytes(s0.dtype) || !elementBytes(s1.dtype)) return undefined;
  const values = (tensor: typeof s0) => Array.from(tensors.view(tensor));
  const shape = backend_util.assertAndGetBroadcastShape(values(s0), values(s1));
  const y = tensors.allocate([shape.length], 'int32');
  tensors.writable(y).set(shape);
  return y;
});
