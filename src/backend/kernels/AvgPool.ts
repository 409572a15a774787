import {type AvgPoolAttrs, type AvgPoolInputs, AvgPool as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';
import {isIdentityPool, poolInfo} from './shared/pool.js';

/** The mean of each window, NHWC, without its padding; float32. */
export const avgPool = defineKernel<AvgPoolInputs, AvgPoolAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const info = poolInfo(x, attrs);
  tensors.checkRoom(info.outShape);
  if (x.dtype !== 'float32') return undefined;
  if (isIdentityPool(info)) return tensors.share(x, x.shape);
  const y = tensors.allocate(info.outShape, x.dtype);
  if (util.sizeFromShape(info.outShape) === 0) return y;
  tensors.wasm.avg_pool_f32(tensors.offset(x), tensors.offset(y), 0, writeGeometry(tensors, info));
  return y;
});
