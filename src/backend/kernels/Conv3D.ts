import {type Conv3DAttrs, type Conv3DInputs, Conv3D as NAME} from '@tensorflow/tfjs-core';
import {conv3DInfo, sumOfProducts} from './shared/conv3d.js';
import {defineKernel} from './shared/kernel.js';

/** The 3D convolution (cross-correlation) of x, NDHWC, with a filter, DHWIO; float32. */
export const conv3D = defineKernel<Conv3DInputs, Conv3DAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {x, filter} = inputs;
  const info = conv3DInfo(x.shape, filter.shape, attrs);
  tensors.checkRoom(info.outShape);
  if (x.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
  const {wasm} = tensors;
  return sumOfProducts(tensors, info.outShape, info, wasm.conv3d_f32_scratch_bytes, (y, params, scratch) =>
    wasm.conv3d_f32(tensors.offset(x), tensors.offset(filter), y, params, scratch),
  );
});
