import {
  type Dilation2DAttrs,
  type Dilation2DBackpropInputInputs,
  Dilation2DBackpropInput as NAME,
} from '@tensorflow/tfjs-core';
import {dilation2DGradient} from './shared/dilation2d.js';
import {defineKernel} from './shared/kernel.js';

/** The gradient of Dilation2D with respect to its input: each window's goes to its first largest sum; float32. */
export const dilation2DBackpropInput = defineKernel<Dilation2DBackpropInputInputs, Dilation2DAttrs>(
  NAME,
  ({inputs, attrs, tensors}) =>
    dilation2DGradient(tensors, NAME, 'x', inputs, attrs, tensors.wasm.dilation2d_backprop_input_f32),
);
