import {type FusedConv2DAttrs, type FusedConv2DInputs, FusedConv2D as NAME} from '@tensorflow/tfjs-core';
import {conv2DInfo, isEmptyConv2D} from './shared/conv2d.js';
import {fromNHWC} from './shared/conv2dLayout.js';
import {convolve, convolveToPool} from './shared/convolve.js';
import {addBiasAndActivate, isRowBias} from './shared/fused.js';
import {defineKernel} from './shared/kernel.js';

/**
 * Conv2D, then a bias and an activation; float32. A bias of one value for each channel, and a relu, are the
 * convolution's epilogue.
 */
export const fusedConv2D = defineKernel<FusedConv2DInputs, FusedConv2DAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {x, filter, bias, preluActivationWeights} = inputs;
  const info = conv2DInfo(x.shape, filter.shape, attrs);
  tensors.checkRoom(info.outShape);
  if (x.dtype !== 'float32' || filter.dtype !== 'float32') return undefined;
  const inKernel = isRowBias(bias, info.outChannels) && !isEmptyConv2D(info);
  const activates = attrs.activation === 'relu' && (inKernel || !bias);
  const epilogue = {bias: inKernel ? bias : undefined, activates};
  const run = activates && info.dataFormat === 'channelsLast' ? convolveToPool : convolve;
  const y = fromNHWC(tensors, run(tensors, x, filter, epilogue, info), info);
  if (activates) return y;
  return addBiasAndActivate(tensors, y, inKernel ? undefined : bias, attrs, preluActivationWeights, info.dataFormat);
});
