import {
  type Conv2DBackpropInputAttrs,
  type Conv2DBackpropInputInputs,
  Conv2DBackpropInput as NAME,
} from '@tensorflow/tfjs-core';
import {conv2DInfo, fromNHWC, gradientNHWC, inShapeNHWC, isEmptyConv2D, writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of Conv2D with respect to its input, which is also the transposed convolution; float32. */
export const conv2DBackpropInput = defineKernel<Conv2DBackpropInputInputs, Conv2DBackpropInputAttrs>(
  NAME,
  ({inputs, attrs, backend}) => {
    const {dy, filter} = inputs;
    if (dy.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
    const info = conv2DInfo(attrs.inputShape, filter.shape, attrs);
    const dx = backend.allocate(inShapeNHWC(info), 'float32');
    if (isEmptyConv2D(info)) {
      backend.view(dx).fill(0);
      return fromNHWC(dx, info, backend);
    }
    const {wasm} = backend;
    const gradient = gradientNHWC(dy, info, backend);
    writeGeometry(info, backend);
    const scratchBytes = wasm.conv2d_backprop_input_f32_scratch_bytes();
    // Asking for the size may have written the geometry over.
    writeGeometry(info, backend);
    backend.withScratch(scratchBytes, (scratch) =>
      wasm.conv2d_backprop_input_f32(backend.offset(gradient), backend.offset(filter), backend.offset(dx), scratch),
    );
    backend.disposeTensor(gradient);
    return fromNHWC(dx, info, backend);
  },
);
