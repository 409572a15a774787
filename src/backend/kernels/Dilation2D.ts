import {type Dilation2DAttrs, type Dilation2DInputs, Dilation2D as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {dilation2DInfo} from './shared/dilation2d.js';
import {defineKernel} from './shared/kernel.js';

/** The largest of x + filter in each window, NHWC: grey-scale dilation; NaN is ignored; float32. */
export const dilation2D = defineKernel<Dilation2DInputs, Dilation2DAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {x, filter} = inputs;
  const info = dilation2DInfo(x, filter, attrs);
  if (x.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
  const y = tensors.allocate(info.outShape, 'float32');
  if (util.sizeFromShape(info.outShape) === 0) return y;
  const [from, taps, to] = [x, filter, y].map((tensor) => tensors.offset(tensor));
  tensors.wasm.dilation2d_f32(from, taps, to, writeGeometry(tensors, info));
  return y;
});
