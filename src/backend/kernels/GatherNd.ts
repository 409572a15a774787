import {backend_util, type GatherNdInputs, GatherNd as NAME, util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {defineKernel} from './shared/kernel.js';
import {withSliceNumbers} from './shared/slices.js';

/** The slices of params that the rows of indices name; float32, int32, bool. */
export const gatherNd = defineKernel<GatherNdInputs>(NAME, ({inputs: {params, indices}, tensors}) => {
  const bytes = elementBytes(params.dtype);
  if (!bytes) return undefined;
  const {shape} = params;
  const [resultShape, count, sliceSize, strides] = backend_util.prepareAndValidate(params, indices);
  const y = tensors.allocate(resultShape, params.dtype);
  if (count === 0) return y;
  const rank = indices.shape[indices.shape.length - 1];
  const slices = util.sizeFromShape(shape) / sliceSize;
  withSliceNumbers(tensors, {indices, count, rank, strides, shape, slices}, (numbers) => {
    tensors.wasm.gather(tensors.offset(params), numbers, tensors.offset(y), 1, 1, slices, count, sliceSize * bytes);
  });
  return y;
});
