import {OneHot as NAME, type OneHotAttrs, type OneHotInputs, util} from '@tensorflow/tfjs-core';
import {elementBits, elementBytes} from './shared/dtypes.js';
import {defineKernel} from './shared/kernel.js';

/** For each int32 index a row of `depth` elements, onValue at the index and offValue elsewhere; float32, int32, bool. */
export const oneHot = defineKernel<OneHotInputs, OneHotAttrs>(NAME, ({inputs: {indices}, attrs, backend}) => {
  const {dtype, depth, onValue, offValue} = attrs;
  const bytes = elementBytes(dtype);
  if (!bytes || indices.dtype !== 'int32') return undefined;
  const y = backend.allocate([...indices.shape, depth], dtype);
  const run = bytes === 4 ? backend.wasm.one_hot_32 : backend.wasm.one_hot_8;
  run(
    backend.offset(indices),
    backend.offset(y),
    util.sizeFromShape(indices.shape),
    depth,
    elementBits(onValue, dtype),
    elementBits(offValue, dtype),
  );
  return y;
});
