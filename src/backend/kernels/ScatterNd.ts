import {ScatterNd as NAME, type ScatterNdAttrs, type ScatterNdInputs} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkWholes} from './shared/check.js';
import {fill} from './shared/fill.js';
import {defineKernel} from './shared/kernel.js';
import {scatterSlices} from './shared/slices.js';

const functions = {float32: 'scatter_add_f32', int32: 'scatter_add_i32', bool: 'scatter_add_bool'} as const;

/** Adds updates to the slices of a tensor of zeros that the rows of indices name; float32, int32, bool. */
export const scatterNd = defineKernel<ScatterNdInputs, ScatterNdAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {indices, updates} = inputs;
  checkWholes(NAME, 'shape', attrs.shape);
  tensors.checkRoom(attrs.shape, elementBytes(updates.dtype) || 8);
  const run = functions[updates.dtype as keyof typeof functions];
  const y = run && indices.dtype === 'int32' ? fill(tensors, attrs.shape, updates.dtype, 0) : undefined;
  if (!y) return undefined;
  scatterSlices(tensors, indices, updates, y, (numbers, count, size) =>
    tensors.wasm[run](numbers, tensors.offset(updates), tensors.offset(y), count, size),
  );
  return y;
});
