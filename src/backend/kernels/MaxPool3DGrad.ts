import {type MaxPool3DGradAttrs, type MaxPool3DGradInputs, MaxPool3DGrad as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry3D} from './shared/conv3d.js';
import {defineKernel} from './shared/kernel.js';
import {checkFallbackWindows, checkGradient, pool3DInfo} from './shared/pool3d.js';

/** The gradient of MaxPool3D: dy goes to the last largest element of each window; float32. */
export const maxPool3DGrad = defineKernel<MaxPool3DGradInputs, MaxPool3DGradAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {dy, input: x} = inputs;
  const info = pool3DInfo(x, attrs);
  checkGradient(dy, info);
  if (dy.dtype !== 'float32' || x.dtype !== 'float32') {
    checkFallbackWindows(info);
    return undefined;
  }
  const dx = tensors.allocate(x.shape, 'float32');
  if (util.sizeFromShape(x.shape) === 0) return dx;
  const [from, offsetDy, to] = [x, dy, dx].map((tensor) => tensors.offset(tensor));
  tensors.wasm.max_pool_3d_grad_f32(from, offsetDy, to, writeGeometry3D(tensors, info));
  return dx;
});
