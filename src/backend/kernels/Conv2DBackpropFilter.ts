import {
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropFilterInputs,
  Conv2DBackpropFilter as NAME,
} from '@tensorflow/tfjs-core';
import {conv2DInfo, gradientNHWC, isEmptyConv2D, toNHWC, writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of Conv2D with respect to its filter, HWIO: the sum over all images; float32. */
export const conv2DBackpropFilter = defineKernel<Conv2DBackpropFilterInputs, Conv2DBackpropFilterAttrs>(
  NAME,
  ({inputs, attrs, backend}) => {
    const {x, dy} = inputs;
    if (x.dtype !== 'float32' || dy.dtype !== 'float32') return undefined;
    const info = conv2DInfo(x.shape, attrs.filterShape, attrs);
    const dw = backend.allocate(info.filterShape, 'float32');
    if (isEmptyConv2D(info)) {
      backend.view(dw).fill(0);
      return dw;
    }
    const {wasm} = backend;
    const source = toNHWC(x, info, backend);
    const gradient = gradientNHWC(dy, info, backend);
    writeGeometry(info, backend);
    backend.withScratch(wasm.conv2d_backprop_filter_f32_scratch_bytes(), (scratch) =>
      wasm.conv2d_backprop_filter_f32(backend.offset(source), backend.offset(gradient), backend.offset(dw), scratch),
    );
    backend.disposeTensor(source);
    backend.disposeTensor(gradient);
    return dw;
  },
);
