import {type MaxPoolAttrs, type MaxPoolInputs, MaxPool as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';
import {isIdentityPool, poolInfo} from './shared/pool.js';

/** The largest of each window, NHWC; NaN is ignored; float32 and int32. */
export const maxPool = defineKernel<MaxPoolInputs, MaxPoolAttrs>(NAME, ({inputs: {x}, attrs, backend}) => {
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  const info = poolInfo(x, attrs);
  if (isIdentityPool(info)) return backend.share(x, x.shape);
  const y = backend.allocate(info.outShape, x.dtype);
  if (util.sizeFromShape(info.outShape) === 0) return y;
  writeGeometry(info, backend);
  const run = x.dtype === 'float32' ? backend.wasm.max_pool_f32 : backend.wasm.max_pool_i32;
  run(backend.offset(x), backend.offset(y));
  return y;
});
