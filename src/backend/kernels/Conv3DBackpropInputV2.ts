import {
  type Conv3DBackpropInputV2Attrs,
  type Conv3DBackpropInputV2Inputs,
  Conv3DBackpropInputV2 as NAME,
} from '@tensorflow/tfjs-core';
import {conv3DInfo, gradientOfOutput, sumOfProducts} from './shared/conv3d.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of Conv3D with respect to its input, which is the transposed convolution; float32. */
export const conv3DBackpropInputV2 = defineKernel<Conv3DBackpropInputV2Inputs, Conv3DBackpropInputV2Attrs>(
  NAME,
  ({inputs, attrs, tensors}) => {
    const {dy, filter} = inputs;
    const info = conv3DInfo(attrs.inputShape, filter.shape, {strides: attrs.strides, pad: attrs.pad});
    tensors.checkRoom(info.inShape);
    if (dy.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
    const gradient = gradientOfOutput(tensors, dy, info);
    const {wasm} = tensors;
    const scratchBytes = wasm.conv3d_backprop_input_f32_scratch_bytes;
    const dx = sumOfProducts(tensors, info.inShape, info, scratchBytes, (result, params, scratch) =>
      wasm.conv3d_backprop_input_f32(tensors.offset(gradient), tensors.offset(filter), result, params, scratch),
    );
    tensors.dispose(gradient);
    return dx;
  },
);
