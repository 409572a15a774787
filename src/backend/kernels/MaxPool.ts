import {type MaxPoolAttrs, type MaxPoolInputs, MaxPool as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';
import {isIdentityPool, isOfPairs, poolInfo} from './shared/pool.js';

/** The largest element of each window, NHWC; NaN is ignored; float32 and int32. */
export const maxPool = defineKernel<MaxPoolInputs, MaxPoolAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const info = poolInfo(x, attrs);
  tensors.checkRoom(info.outShape);
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  if (isIdentityPool(info)) return tensors.share(x, x.shape);
  const pool = x.dtype === 'float32' ? tensors.wasm.max_pool_f32 : tensors.wasm.max_pool_i32;
  const run = (from: number, to: number) => pool(from, to, writeGeometry(tensors, info));
  const isEmpty = util.sizeFromShape(info.outShape) === 0;
  if (!isEmpty && isOfPairs(info) && tensors.canPool(x)) {
    return tensors.deferCall(info.outShape, {
      kernelName: NAME,
      operands: [x],
      pools: true,
      run: ([from], to) => run(from, to),
    });
  }
  const y = tensors.allocate(info.outShape, x.dtype);
  if (!isEmpty) run(tensors.offset(x), tensors.offset(y));
  return y;
});
