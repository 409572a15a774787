import {type MaxPoolAttrs, type MaxPoolInputs, MaxPool as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';
import {isIdentityPool, poolInfo} from './shared/pool.js';

/** The largest element of each window, NHWC; NaN is ignored; float32 and int32. */
export const maxPool = defineKernel<MaxPoolInputs, MaxPoolAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const info = poolInfo(x, attrs);
  tensors.checkRoom(info.outShape);
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  if (isIdentityPool(info)) return tensors.share(x, x.shape);
  const y = tensors.allocate(info.outShape, x.dtype);
  if (util.sizeFromShape(info.outShape) === 0) return y;
  const run = x.dtype === 'float32' ? tensors.wasm.max_pool_f32 : tensors.wasm.max_pool_i32;
  run(tensors.offset(x), tensors.offset(y), writeGeometry(tensors, info));
  return y;
});
