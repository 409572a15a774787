import {type MaxPoolGradAttrs, type MaxPoolGradInputs, MaxPoolGrad as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';
import {poolInfo} from './shared/pool.js';

/** The gradient of MaxPool: dy goes to the first largest element of each window; float32. */
export const maxPoolGrad = defineKernel<MaxPoolGradInputs, MaxPoolGradAttrs>(NAME, ({inputs, attrs, backend}) => {
  // The kernel finds the largest elements again: reading them in `output` as well would cost as much.
  const {dy, input: x} = inputs;
  const info = poolInfo(x, attrs);
  if (x.dtype !== 'float32' || dy.dtype !== 'float32' || !util.arraysEqual(dy.shape, info.outShape)) return undefined;
  const dx = backend.allocate(x.shape, 'float32');
  if (util.sizeFromShape(x.shape) === 0) return dx;
  writeGeometry(info, backend);
  backend.wasm.max_pool_grad_f32(backend.offset(x), backend.offset(dy), backend.offset(dx));
  return dx;
});
