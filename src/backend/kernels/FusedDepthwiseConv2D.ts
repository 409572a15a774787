import {
  type FusedDepthwiseConv2DAttrs,
  type FusedDepthwiseConv2DInputs,
  FusedDepthwiseConv2D as NAME,
} from '@tensorflow/tfjs-core';
import {isEmptyConv2D} from './shared/conv2d.js';
import {depthwiseConvolve, depthwiseInfo} from './shared/depthwise.js';
import {addBiasAndActivate, isRowBias} from './shared/fused.js';
import {defineKernel} from './shared/kernel.js';

/** DepthwiseConv2dNative, then a bias and an activation; float32. */
export const fusedDepthwiseConv2D = defineKernel<FusedDepthwiseConv2DInputs, FusedDepthwiseConv2DAttrs>(
  NAME,
  ({inputs, attrs, tensors}) => {
    const {x, filter, bias, preluActivationWeights} = inputs;
    const info = depthwiseInfo(x.shape, filter.shape, attrs);
    tensors.checkRoom(info.outShape);
    if (x.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
    const inKernel = isRowBias(bias, filter.shape[2] * filter.shape[3]) && !isEmptyConv2D(info);
    const y = depthwiseConvolve(tensors, x, filter, inKernel ? bias : undefined, info);
    return addBiasAndActivate(tensors, y, inKernel ? undefined : bias, attrs, preluActivationWeights, info.dataFormat);
  },
);
