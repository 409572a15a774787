import {
  type Conv3DBackpropFilterV2Attrs,
  type Conv3DBackpropFilterV2Inputs,
  Conv3DBackpropFilterV2 as NAME,
} from '@tensorflow/tfjs-core';
import {conv3DInfo, gradientOfOutput, sumOfProducts} from './shared/conv3d.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of Conv3D with respect to its filter, DHWIO: the sum over all volumes; float32. */
export const conv3DBackpropFilterV2 = defineKernel<Conv3DBackpropFilterV2Inputs, Conv3DBackpropFilterV2Attrs>(
  NAME,
  ({inputs, attrs, tensors}) => {
    const {x, dy} = inputs;
    const info = conv3DInfo(x.shape, attrs.filterShape, {strides: attrs.strides, pad: attrs.pad});
    tensors.checkRoom(info.filterShape);
    if (x.dtype !== 'float32' || dy.dtype !== 'float32') return undefined;
    const gradient = gradientOfOutput(tensors, dy, info);
    const {wasm} = tensors;
    const scratchBytes = wasm.conv3d_backprop_filter_f32_scratch_bytes;
    const dw = sumOfProducts(tensors, info.filterShape, info, scratchBytes, (result, params, scratch) =>
      wasm.conv3d_backprop_filter_f32(tensors.offset(x), tensors.offset(gradient), result, params, scratch),
    );
    tensors.dispose(gradient);
    return dw;
  },
);
