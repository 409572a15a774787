/** Inputs and outputs of 2D convolutions, in the layout and of the size that their WebAssembly functions take. */
import {type backend_util, PadV2, Slice, type TensorInfo, Transpose, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {checkRank} from './check.js';
import {croppedInfo} from './conv2d.js';
import {consume, runKernel} from './kernel.js';

type Conv2DInfo = backend_util.Conv2DInfo;

/** The tensor as NHWC: itself, or transposed from NCHW. The caller disposes it. */
function toNHWC(tensors: Tensors, x: TensorInfo, info: Conv2DInfo): TensorInfo {
  return info.dataFormat === 'channelsLast' ? tensors.share(x, x.shape) : transpose(tensors, x, [0, 2, 3, 1]);
}

/**
 * The input of a convolution as its function takes it: NHWC, and without the rows and columns that a negative padding
 * leaves out; and the geometry with that input. The caller disposes it.
 */
export function prepareInput(tensors: Tensors, x: TensorInfo, info: Conv2DInfo): [TensorInfo, Conv2DInfo] {
  const source = toNHWC(tensors, x, info);
  const cropped = croppedInfo(info);
  if (cropped === info) return [source, info];
  const begin = [0, info.inHeight - cropped.inHeight, info.inWidth - cropped.inWidth, 0];
  const part = runKernel(tensors, Slice, {x: source}, {begin, size: inShapeNHWC(cropped)});
  tensors.dispose(source);
  return [part, cropped];
}

/** The gradient of the input, from that of the input without what a negative padding leaves out; takes over dx. */
export function uncropped(tensors: Tensors, dx: TensorInfo, info: Conv2DInfo): TensorInfo {
  const [, height, width] = dx.shape;
  if (height === info.inHeight && width === info.inWidth) return dx;
  const paddings = [
    [0, 0],
    [info.inHeight - height, 0],
    [info.inWidth - width, 0],
    [0, 0],
  ];
  return consume(tensors, dx, runKernel(tensors, PadV2, {x: dx}, {paddings, constantValue: 0}));
}

/**
 * The gradient of the output as NHWC; the caller disposes it. As on tfjs-backend-cpu it may be larger than the output
 * of `info`, which conv2dTranspose allows: then only its first rows and columns count.
 *
 * @throws Error if it is smaller.
 */
export function gradientNHWC(tensors: Tensors, dy: TensorInfo, info: Conv2DInfo): TensorInfo {
  checkRank('conv2d', 'the gradient dy', dy, 4);
  const gradient = toNHWC(tensors, dy, info);
  const size = outShapeNHWC(info);
  if (util.arraysEqual(gradient.shape, size)) return gradient;
  const begin = [0, 0, 0, 0];
  const cropped = runKernel(tensors, Slice, {x: gradient}, {begin, size});
  tensors.dispose(gradient);
  return cropped;
}

/** Transposes an NHWC result to the format of the convolution; takes over the reference to it. */
export function fromNHWC(tensors: Tensors, y: TensorInfo, info: Conv2DInfo): TensorInfo {
  if (info.dataFormat === 'channelsLast') return y;
  const moved = transpose(tensors, y, [0, 3, 1, 2]);
  tensors.dispose(y);
  return moved;
}

/** The shape of the output, and of the input, as NHWC. */
export function outShapeNHWC({batchSize, outHeight, outWidth, outChannels}: Conv2DInfo): number[] {
  return [batchSize, outHeight, outWidth, outChannels];
}
export function inShapeNHWC({batchSize, inHeight, inWidth, inChannels}: Conv2DInfo): number[] {
  return [batchSize, inHeight, inWidth, inChannels];
}

function transpose(tensors: Tensors, x: TensorInfo, perm: number[]): TensorInfo {
  return runKernel(tensors, Transpose, {x}, {perm});
}
