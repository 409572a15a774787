import {backend_util, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {checkWholes} from './check.js';
import {type Conv2DGeometryAttrs, conv2DInfo, isEmptyConv2D, writeGeometry} from './conv2d.js';
import {fromNHWC, outShapeNHWC, prepareInput} from './conv2dLayout.js';

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
  checkWholes('depthwiseConv2d', 'the shape of the input', inputShape);
  checkWholes('depthwiseConv2d', 'the shape of the filter', filterShape);
  util.assert(
    inputShape.length === 4 && filterShape.length === 4,
    () => `depthwiseConv2d: expected an input and a filter of rank 4, got [${inputShape}] and [${filterShape}].`,
  );
  const info = conv2DInfo(inputShape, filterShape, attrs, true);
  checkStrip(info);
  return info;
}

/**
 * The WebAssembly functions copy what one row of the output reads of an image, a block of its channels at a time.
 *
 * @throws Error if that is more than can be
 */
function checkStrip(info: backend_util.Conv2DInfo): void {
  const {outWidth, strideHeight, strideWidth, effectiveFilterHeight, effectiveFilterWidth, inWidth} = info;
  const rows = effectiveFilterHeight + strideHeight;
  const columns = Math.max(inWidth, (outWidth - 1) * strideWidth + effectiveFilterWidth);
  const floats = rows * columns * Math.min(info.outChannels + 8, 64 + info.outChannels / info.inChannels);
  if (!(floats > MAX_STRIP)) return;
  throw new Error(
    `depthwiseConv2d: an output row reads ${rows} rows of ${columns} pixels of a padded image of ${info.inHeight} x ` +
      `${inWidth}; expected fewer: smaller paddings, strides or dilations.`,
  );
}

/** A quarter of all the memory that there can be. */
const MAX_STRIP = 2 ** 28;

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
 * @param x float32, in the data format of `info`
 * @param filter float32, HWCM: M output channels for each input channel
 * @param info what depthwiseInfo() gives
 * @returns a new tensor, float32, in the same format
 */
export function depthwiseConvolve(
  tensors: Tensors,
  x: TensorInfo,
  filter: TensorInfo,
  bias: TensorInfo | undefined,
  info: backend_util.Conv2DInfo,
): TensorInfo {
  const strides: [number, number] = [info.strideHeight, info.strideWidth];
  const dilations: [number, number] = [info.dilationHeight, info.dilationWidth];
  util.assert(
    backend_util.eitherStridesOrDilationsAreOne(strides, dilations),
    () =>
      'Error in depthwiseConv2d: Either strides or dilations must be 1. ' +
      `Got strides ${strides} and dilations '${dilations}'`,
  );
  const y = tensors.allocate(outShapeNHWC(info), 'float32');
  if (isEmptyConv2D(info)) {
    tensors.writable(y).fill(0);
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
