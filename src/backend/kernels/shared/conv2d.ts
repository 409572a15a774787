import {backend_util, Conv2D, Slice, type TensorInfo, Transpose, util} from '@tensorflow/tfjs-core';
import {Geometry2DWords} from '../../../../assembly/abi.js';
import {RecordLayout} from '../../records.js';
import type {Tensors} from '../../tensors.js';
import {runKernel} from './kernel.js';

type Conv2DInfo = backend_util.Conv2DInfo;

/** The attributes that all 2D convolution kernels have in common. */
export interface Conv2DGeometryAttrs {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dataFormat?: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dilations?: [number, number] | number;
}

/** Shapes, paddings and strides of a convolution. @throws Error if shapes and attributes do not fit together. */
export function conv2DInfo(
  inputShape: number[],
  filterShape: number[],
  attrs: Conv2DGeometryAttrs,
  depthwise = false,
): Conv2DInfo {
  return backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attrs.strides,
    attrs.dilations ?? 1,
    attrs.pad,
    attrs.dimRoundingMode,
    depthwise,
    backend_util.convertConv2DDataFormat(attrs.dataFormat ?? 'NHWC'),
  );
}

/** What the 2D kernels need to know of a convolution or pooling. */
export type Geometry2D = Omit<
  Conv2DInfo,
  'dataFormat' | 'effectiveFilterHeight' | 'effectiveFilterWidth' | 'filterShape' | 'inShape' | 'outShape' | 'padInfo'
> & {
  padInfo: {top: number; left: number};
};

const geometry = new RecordLayout(Geometry2DWords);

/** Writes the geometry; returns the offset at which the next call reads it. */
export function writeGeometry(tensors: Tensors, info: Geometry2D): number {
  const {top: padTop, left: padLeft} = info.padInfo;
  return tensors.writeParams(geometry.pack([{...info, padTop, padLeft, usesWinograd: tensors.usesWinograd ? 1 : 0}]));
}

/** Whether there is nothing to sum or to compute: the result is zeros, or empty. */
export function isEmptyConv2D(info: Conv2DInfo): boolean {
  const {batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth} = info;
  return (
    batchSize * inHeight * inWidth * inChannels * outHeight * outWidth * outChannels * filterHeight * filterWidth === 0
  );
}

/** The tensor as NHWC: itself, or transposed from NCHW. The caller disposes it. */
export function toNHWC(tensors: Tensors, x: TensorInfo, info: Conv2DInfo): TensorInfo {
  return info.dataFormat === 'channelsLast' ? tensors.share(x, x.shape) : transpose(tensors, x, [0, 2, 3, 1]);
}

/**
 * The gradient of the output as NHWC; the caller disposes it. As on tfjs-backend-cpu it may be larger than the output
 * of `info`, which conv2dTranspose allows: then only its first rows and columns count.
 *
 * @throws Error if it is smaller.
 */
export function gradientNHWC(tensors: Tensors, dy: TensorInfo, info: Conv2DInfo): TensorInfo {
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

/** What a convolution also computes in its pass over the output. */
export interface BiasAndRelu {
  /** float32, one value for each output channel. */
  bias?: TensorInfo;
  /** Whether the relu is taken. */
  activates?: boolean;
}

/**
 * x * filter + bias, or its relu.
 *
 * @param x float32, NHWC or NCHW as `info` says
 * @param filter float32, HWIO
 * @returns a new tensor, float32, NHWC
 */
export function convolve(
  tensors: Tensors,
  x: TensorInfo,
  filter: TensorInfo,
  {bias, activates = false}: BiasAndRelu,
  info: Conv2DInfo,
): TensorInfo {
  const y = tensors.allocate(outShapeNHWC(info), 'float32');
  if (isEmptyConv2D(info)) {
    tensors.view(y).fill(0);
    return y;
  }
  const source = toNHWC(tensors, x, info);
  const [from, taps, start] = [source, filter, bias].map((tensor) => (tensor ? tensors.offset(tensor) : 0));
  runConvolution(tensors, info, from, taps, start, tensors.offset(y), activates);
  tensors.dispose(source);
  return y;
}

/**
 * x * filter, deferred: a bias that is added next, and a relu after it, are computed in the same pass over the output.
 *
 * @returns as convolve
 */
export function convolveLater(tensors: Tensors, x: TensorInfo, filter: TensorInfo, info: Conv2DInfo): TensorInfo {
  const shape = outShapeNHWC(info);
  if (isEmptyConv2D(info) || !tensors.defers(util.sizeFromShape(shape))) return convolve(tensors, x, filter, {}, info);
  const source = toNHWC(tensors, x, info);
  const y = tensors.deferCall(shape, {
    kernelName: Conv2D,
    operands: [source, filter],
    biasSize: info.outChannels,
    run: ([from, taps], to, bias, activates) => runConvolution(tensors, info, from, taps, bias, to, activates),
  });
  tensors.dispose(source);
  return y;
}

/** Calls conv2d_f32; operands are offsets. */
function runConvolution(
  tensors: Tensors,
  info: Conv2DInfo,
  x: number,
  filter: number,
  bias: number,
  y: number,
  activates: boolean,
): void {
  const {wasm} = tensors;
  const params = writeGeometry(tensors, info);
  tensors.withScratch(wasm.conv2d_f32_scratch_bytes(params), (scratch) =>
    wasm.conv2d_f32(x, filter, bias, y, activates, params, scratch),
  );
}

function transpose(tensors: Tensors, x: TensorInfo, perm: number[]): TensorInfo {
  return runKernel(tensors, Transpose, {x}, {perm});
}
