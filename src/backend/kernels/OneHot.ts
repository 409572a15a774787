import {OneHot as NAME, type OneHotAttrs, type OneHotInputs, util} from '@tensorflow/tfjs-core';
import {elementBits, elementBytes} from '../dtypes.js';
import {checkWhole} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/** For each int32 index a row of `depth` elements, onValue at the index and offValue elsewhere; float32, int32, bool. */
export const oneHot = defineKernel<OneHotInputs, OneHotAttrs>(NAME, ({inputs: {indices}, attrs, tensors}) => {
  const {dtype, depth, onValue, offValue} = attrs;
  const bytes = elementBytes(dtype);
  checkWhole(NAME, 'depth', depth);
  tensors.checkRoom([...indices.shape, depth], bytes || 4);
  if (!bytes || indices.dtype !== 'int32') return undefined;
  const y = tensors.allocate([...indices.shape, depth], dtype);
  const run = bytes === 4 ? tensors.wasm.one_hot_32 : tensors.wasm.one_hot_8;
  run(
    tensors.offset(indices),
    tensors.offset(y),
    util.sizeFromShape(indices.shape),
    depth,
    elementBits(onValue, dtype),
    elementBits(offValue, dtype),
  );
  return y;
});
