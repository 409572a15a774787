import {
  type Conv2DBackpropInputAttrs,
  type Conv2DBackpropInputInputs,
  Conv2DBackpropInput as NAME,
} from '@tensorflow/tfjs-core';
import {croppedInfo, gradientInfo, isEmptyConv2D, writeGeometry} from './shared/conv2d.js';
import {fromNHWC, gradientNHWC, inShapeNHWC, uncropped} from './shared/conv2dLayout.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of Conv2D with respect to its input, which is the transposed convolution; float32. */
export const conv2DBackpropInput = defineKernel<Conv2DBackpropInputInputs, Conv2DBackpropInputAttrs>(
  NAME,
  ({inputs, attrs, tensors}) => {
    const {dy, filter} = inputs;
    const info = gradientInfo(attrs.inputShape, filter.shape, attrs, dy);
    tensors.checkRoom(info.inShape);
    if (dy.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
    if (isEmptyConv2D(info)) {
      const zeros = tensors.allocate(inShapeNHWC(info), 'float32');
      tensors.writable(zeros).fill(0);
      return fromNHWC(tensors, zeros, info);
    }
    const geometry = croppedInfo(info);
    const dx = tensors.allocate(inShapeNHWC(geometry), 'float32');
    const {wasm} = tensors;
    const gradient = gradientNHWC(tensors, dy, info);
    const [from, taps, to] = [gradient, filter, dx].map((tensor) => tensors.offset(tensor));
    const params = writeGeometry(tensors, geometry);
    tensors.withScratch(wasm.conv2d_backprop_input_f32_scratch_bytes(params), (scratch) =>
      wasm.conv2d_backprop_input_f32(from, taps, to, params, scratch),
    );
    tensors.dispose(gradient);
    return fromNHWC(tensors, uncropped(tensors, dx, info), info);
  },
);
