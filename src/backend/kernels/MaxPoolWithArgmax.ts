import {
  type MaxPoolWithArgmaxAttrs,
  type MaxPoolWithArgmaxInputs,
  MaxPoolWithArgmax as NAME,
  util,
} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';
import {poolInfo} from './shared/pool.js';

/** MaxPool, and the flat indices of the largest elements, int32; of float32. */
export const maxPoolWithArgmax = defineKernel<MaxPoolWithArgmaxInputs, MaxPoolWithArgmaxAttrs>(
  NAME,
  ({inputs: {x}, attrs, tensors}) => {
    const info = poolInfo(x, attrs);
    tensors.checkRoom(info.outShape);
    if (x.dtype !== 'float32') return undefined;
    const y = tensors.allocate(info.outShape, 'float32');
    const indices = tensors.allocate(info.outShape, 'int32');
    if (util.sizeFromShape(info.outShape) > 0) {
      tensors.wasm.max_pool_with_argmax_f32(
        tensors.offset(x),
        tensors.offset(y),
        tensors.offset(indices),
        attrs.includeBatchInIndex ? 1 : 0,
        writeGeometry(tensors, info),
      );
    }
    return [y, indices];
  },
);
