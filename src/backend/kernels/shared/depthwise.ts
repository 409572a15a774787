import {backend_util, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {
  type Conv2DGeometryAttrs,
  conv2DInfo,
  fromNHWC,
  isEmptyConv2D,
  outShapeNHWC,
  prepareInput,
  writeGeometry,
} from './conv2d.js';

/**
 * Shapes, paddings and strides of a depthwise convolution.
 *
 * @throws Error if shapes and attributes do not fit together.
 */
export function depthwiseInfo(
  inputShape: number[],
  filterShape: number[],
  attrs: Conv2DGeometryAttrs,
): backend_util.Conv2DInfo {
  util.assert(
    inputShape.length === 4 && filterShape.length === 4,
    () => `depthwiseConv2d: expected an input and a filter of rank 4, got [${inputShape}] and [${filterShape}].`,
  );
  const info = conv2DInfo(inputShape, filterShape, attrs, true);
  util.assert(
    info.inChannels === filterShape[2],
    () =>
      `depthwiseConv2d: the input [${inputShape}] has ${info.inChannels} channels, the filter [${filterShape}] others.`,
  );
  util.assert(
    info.outHeight >= 0 && info.outWidth >= 0,
    () => `depthwiseConv2d: the filter [${filterShape}] does not fit into the padded input [${inputShape}].`,
  );
  return info;
}

/** The same for a gradient: there tfjs-backend-cpu uses dilations for the shape of dy only. */
export function depthwiseGradientInfo(
  inputShape: number[],
  filterShape: number[],
  attrs: Conv2DGeometryAttrs,
): backend_util.Conv2DInfo {
  return {...depthwiseInfo(inputShape, filterShape, attrs), dilationHeight: 1, dilationWidth: 1};
}

/**
 * x * filter + bias, each channel by itself; bias is undefined or has one value for each output channel.
 *
 * @param x float32, in the attributes' data format
 * @param filter float32, HWCM: M output channels for each input channel
 * @returns a new tensor, float32, in the same format
 */
export function depthwiseConvolve(
  tensors: Tensors,
  x: TensorInfo,
  filter: TensorInfo,
  bias: TensorInfo | undefined,
  attrs: Conv2DGeometryAttrs,
): TensorInfo {
  const {strides} = attrs;
  const dilations = attrs.dilations ?? [1, 1];
  util.assert(
    backend_util.eitherStridesOrDilationsAreOne(strides, dilations),
    () =>
      'Error in depthwiseConv2d: Either strides or dilations must be 1. ' +
      `Got strides ${strides} and dilations '${dilations}'`,
  );
  const info = depthwiseInfo(x.shape, filter.shape, attrs);
  const y = tensors.allocate(outShapeNHWC(info), 'float32');
  if (isEmptyConv2D(info)) {
    tensors.view(y).fill(0);
    return fromNHWC(tensors, y, info);
  }
  const {wasm} = tensors;
  const [source, geometry] = prepareInput(tensors, x, info);
  const [from, taps, biasOffset] = [source, filter, bias].map((tensor) => (tensor ? tensors.offset(tensor) : 0));
  const params = writeGeometry(tensors, geometry);
  tensors.withScratch(wasm.depthwise_conv2d_f32_scratch_bytes(params), (scratch) =>
    wasm.depthwise_conv2d_f32(from, taps, biasOffset, tensors.offset(y), params, scratch),
  );
  tensors.dispose(source);
  return fromNHWC(tensors, y, info);
}
