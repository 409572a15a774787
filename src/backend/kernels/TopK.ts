import {TopK as NAME, type TopKAttrs, type TopKInputs, util} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';

/** The k largest elements along the last dimension, of equal ones the first, and their indices; float32 and int32. */
export const topK = defineKernel<TopKInputs, TopKAttrs>(NAME, ({inputs: {x}, attrs: {k, sorted}, tensors}) => {
  const {dtype} = x;
  const n = x.shape.at(-1) ?? 0;
  if (!(Number.isInteger(k) && k >= 0 && k <= n))
    throw new Error(`TopK: expected k from 0 to ${n} for an x of shape [${x.shape}], got ${k}.`);
  if (dtype !== 'float32' && dtype !== 'int32') return undefined;
  const shape = [...x.shape.slice(0, -1), k];
  const values = tensors.allocate(shape, dtype);
  const indices = tensors.allocate(shape, 'int32');
  const rows = util.sizeFromShape(shape.slice(0, -1));
  if (rows * k === 0) return [values, indices];
  const run = dtype === 'float32' ? tensors.wasm.top_k_f32 : tensors.wasm.top_k_i32;
  const hasOrder = tensors.withScratch(tensors.wasm.top_k_scratch_bytes(n), (scratch) =>
    run(tensors.offset(x), tensors.offset(values), tensors.offset(indices), rows, n, k, Boolean(sorted), scratch),
  );
  if (hasOrder) return [values, indices];
  // The result with NaN depends on how the engine sorts: the fallback runs tfjs-backend-cpu's own code.
  tensors.dispose(values);
  tensors.dispose(indices);
  return undefined;
});
