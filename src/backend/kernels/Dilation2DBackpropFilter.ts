import {
  type Dilation2DAttrs,
  type Dilation2DBackpropFilterInputs,
  Dilation2DBackpropFilter as NAME,
} from '@tensorflow/tfjs-core';
import {dilation2DGradient} from './shared/dilation2d.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of Dilation2D with respect to its filter: each window's goes to its first largest sum; float32. */
export const dilation2DBackpropFilter = defineKernel<Dilation2DBackpropFilterInputs, Dilation2DAttrs>(
  NAME,
  ({inputs, attrs, tensors}) =>
    dilation2DGradient(tensors, NAME, 'filter', inputs, attrs, (x, filter, dy, dw, params) =>
      tensors.withScratch(tensors.wasm.dilation2d_backprop_filter_f32_scratch_bytes(params), (scratch) =>
        tensors.wasm.dilation2d_backprop_filter_f32(x, filter, dy, dw, params, scratch),
      ),
    ),
);
