import {
  type DepthwiseConv2dNativeAttrs,
  type DepthwiseConv2dNativeInputs,
  DepthwiseConv2dNative as NAME,
} from '@tensorflow/tfjs-core';
import {depthwiseConvolve, depthwiseInfo} from './shared/depthwise.js';
import {defineKernel} from './shared/kernel.js';

/** The 2D convolution of each channel of x, NHWC or NCHW, with filters of its own, HWCM; float32. */
export const depthwiseConv2dNative = defineKernel<DepthwiseConv2dNativeInputs, DepthwiseConv2dNativeAttrs>(
  NAME,
  ({inputs: {x, filter}, attrs, tensors}) => {
    const info = depthwiseInfo(x.shape, filter.shape, attrs);
    tensors.checkRoom(info.outShape);
    if (x.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
    return depthwiseConvolve(tensors, x, filter, undefined, info);
  },
);
