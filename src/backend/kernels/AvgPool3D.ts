import {type AvgPool3DAttrs, type AvgPool3DInputs, AvgPool3D as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {pool3D, pool3DInfo} from './shared/pool3d.js';

/** The mean of each window, NDHWC, without its padding; 0 for a window of padding alone; float32. */
export const avgPool3D = defineKernel<AvgPool3DInputs, AvgPool3DAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const info = pool3DInfo(x, attrs);
  tensors.checkRoom(info.outShape);
  if (x.dtype !== 'float32') return undefined;
  return pool3D(tensors, x, info, (from, to, params) => tensors.wasm.avg_pool_f32(from, to, 1, params));
});
