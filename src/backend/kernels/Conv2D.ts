import {type Conv2DAttrs, type Conv2DInputs, Conv2D as NAME} from '@tensorflow/tfjs-core';
import {conv2DInfo, convolveLater, fromNHWC} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';

/** The 2D convolution (cross-correlation) of x, NHWC or NCHW, with a filter, HWIO; float32. */
export const conv2D = defineKernel<Conv2DInputs, Conv2DAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {x, filter} = inputs;
  const info = conv2DInfo(x.shape, filter.shape, attrs);
  tensors.checkRoom(info.outShape);
  if (x.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
  return fromNHWC(tensors, convolveLater(tensors, x, filter, info), info);
});
