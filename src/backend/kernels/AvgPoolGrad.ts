import {type AvgPoolGradAttrs, type AvgPoolGradInputs, AvgPoolGrad as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';
import {checkFallbackGradient, poolInfo} from './shared/pool.js';

/** The gradient of AvgPool: each element of a window gets an equal part of dy; float32. */
export const avgPoolGrad = defineKernel<AvgPoolGradInputs, AvgPoolGradAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {dy, input: x} = inputs;
  const info = poolInfo(x, attrs);
  if (x.dtype !== 'float32' || dy.dtype !== 'float32' || !util.arraysEqual(dy.shape, info.outShape)) {
    checkFallbackGradient(dy, info);
    return undefined;
  }
  const dx = tensors.allocate(x.shape, 'float32');
  if (util.sizeFromShape(x.shape) === 0) return dx;
  tensors.wasm.avg_pool_grad_f32(tensors.offset(dy), tensors.offset(dx), writeGeometry(tensors, info));
  return dx;
});
