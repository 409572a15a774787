import {Cast, type MaxPool3DAttrs, type MaxPool3DInputs, MaxPool3D as NAME} from '@tensorflow/tfjs-core';
import {defineKernel, runKernel} from './shared/kernel.js';
import {pool3D, pool3DInfo} from './shared/pool3d.js';

/** The largest element of each window, NDHWC; NaN is ignored; float32, and int32, for which tfjs returns float32. */
export const maxPool3D = defineKernel<MaxPool3DInputs, MaxPool3DAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const info = pool3DInfo(x, attrs);
  tensors.checkRoom(info.outShape);
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  const {max_pool_f32, max_pool_i32} = tensors.wasm;
  const largest = pool3D(tensors, x, info, x.dtype === 'int32' ? max_pool_i32 : max_pool_f32);
  const y = runKernel(tensors, Cast, {x: largest}, {dtype: 'float32'});
  tensors.dispose(largest);
  return y;
});
