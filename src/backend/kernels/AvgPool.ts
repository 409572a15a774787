import {type AvgPoolAttrs, type AvgPoolInputs, AvgPool as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';
import {isIdentityPool, poolInfo} from './shared/pool.js';

/** The mean of each window, NHWC, without its padding; float32. */
export const avgPool = defineKernel<AvgPoolInputs, AvgPoolAttrs>(NAME, ({inputs: {x}, attrs, backend}) => {
  if (x.dtype !== 'float32') return undefined;
  const info = poolInfo(x, attrs);
  if (isIdentityPool(info)) return backend.share(x, x.shape);
  const y = backend.allocate(info.outShape, x.dtype);
  if (util.sizeFromShape(info.outShape) === 0) return y;
  writeGeometry(info, backend);
  backend.wasm.avg_pool_f32(backend.offset(x), backend.offset(y), 0);
  return y;
});
