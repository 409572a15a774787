import {
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropFilterInputs,
  Conv2DBackpropFilter as NAME,
} from '@tensorflow/tfjs-core';
import {gradientInfo, isEmptyConv2D, writeGeometry} from './shared/conv2d.js';
import {gradientNHWC, prepareInput} from './shared/conv2dLayout.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of Conv2D with respect to its filter, HWIO: the sum over all images; float32. */
export const conv2DBackpropFilter = defineKernel<Conv2DBackpropFilterInputs, Conv2DBackpropFilterAttrs>(
  NAME,
  ({inputs, attrs, tensors}) => {
    const {x, dy} = inputs;
    const info = gradientInfo(x.shape, attrs.filterShape, attrs, dy);
    tensors.checkRoom(info.filterShape);
    if (x.dtype !== 'float32' || dy.dtype !== 'float32') return undefined;
    const dw = tensors.allocate(info.filterShape, 'float32');
    if (isEmptyConv2D(info)) {
      tensors.writable(dw).fill(0);
      return dw;
    }
    const {wasm} = tensors;
    const [source, geometry] = prepareInput(tensors, x, info);
    const gradient = gradientNHWC(tensors, dy, info);
    const [from, offsetDy, to] = [source, gradient, dw].map((tensor) => tensors.offset(tensor));
    const params = writeGeometry(tensors, geometry);
    tensors.withScratch(wasm.conv2d_backprop_filter_f32_scratch_bytes(params), (scratch) =>
      wasm.conv2d_backprop_filter_f32(from, offsetDy, to, params, scratch),
    );
    tensors.dispose(source);
    tensors.dispose(gradient);
    return dw;
  },
);
