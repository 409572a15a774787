import {type AvgPool3DGradAttrs, type AvgPool3DGradInputs, AvgPool3DGrad as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {checkFallbackWindows, checkGradient, pool3DGrad, pool3DInfo} from './shared/pool3d.js';

/** The gradient of AvgPool3D: each element of a window gets an equal part of dy; float32. */
export const avgPool3DGrad = defineKernel<AvgPool3DGradInputs, AvgPool3DGradAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {dy, input} = inputs;
  const info = pool3DInfo(input, attrs);
  checkGradient(dy, info);
  if (dy.dtype !== 'float32' || input.dtype !== 'float32') {
    checkFallbackWindows(info);
    return undefined;
  }
  return pool3DGrad(tensors, dy, info, tensors.wasm.avg_pool_grad_f32);
});
