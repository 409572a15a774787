import {backend_util, Conv2D, PadV2, Slice, type TensorInfo, Transpose, util} from '@tensorflow/tfjs-core';
import {Geometry2DWords} from '../../../../assembly/abi.js';
import {RecordLayout} from '../../records.js';
import type {Tensors} from '../../tensors.js';
import {checkPairs, checkRank, checkTuple, checkWhole, checkWholes, MAX_INT32} from './check.js';
import {consume, runKernel} from './kernel.js';

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
  const op = depthwise ? 'depthwiseConv2d' : 'conv2d';
  checkWholes(op, 'the shape of the input', inputShape, 4);
  checkWholes(op, 'the shape of the filter', filterShape, 4);
  checkWindow2D(op, attrs);
  const info = backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attrs.strides,
    attrs.dilations ?? 1,
    attrs.pad,
    attrs.dimRoundingMode,
    depthwise,
    backend_util.convertConv2DDataFormat(attrs.dataFormat ?? 'NHWC'),
  );
  if (info.inChannels !== filterShape[2]) {
    throw new Error(
      `${op}: the input [${inputShape}] has ${info.inChannels} channels, the filter [${filterShape}] ${filterShape[2]}.`,
    );
  }
  checkInfo2D(op, info);
  return info;
}

/**
 * Checks strides, dilations and paddings, those that there are.
 *
 * @throws Error unless strides and dilations are whole numbers >= 1, one for both axes or two, and paddings whole
 */
export function checkWindow2D(op: string, {strides, dilations, pad}: Omit<Conv2DGeometryAttrs, 'dataFormat'>): void {
  checkTuple(op, 'strides', strides, 2, 1);
  if (dilations !== undefined && dilations !== null) checkTuple(op, 'dilations', dilations, 2, 1);
  if (typeof pad === 'number') checkWhole(op, 'pad', pad, -MAX_INT32);
  else if (typeof pad !== 'string') checkPairs(op, 'pad', pad, 4, -MAX_INT32);
}

/** What checkInfo2D looks at. */
type Checked2D = Pick<
  Conv2DInfo,
  | 'inHeight'
  | 'inWidth'
  | 'outHeight'
  | 'outWidth'
  | 'filterHeight'
  | 'filterWidth'
  | 'strideHeight'
  | 'strideWidth'
  | 'dilationHeight'
  | 'dilationWidth'
> & {padInfo: {top: number; left: number}};

/** @throws Error if the windows do not fit into the padded image, or if that has more rows or columns than can be. */
export function checkInfo2D(op: string, info: Checked2D): void {
  const {inHeight, inWidth, outHeight, outWidth, padInfo} = info;
  checkAxis(op, 'height', inHeight, outHeight, info.filterHeight, info.strideHeight, info.dilationHeight, padInfo.top);
  checkAxis(op, 'width', inWidth, outWidth, info.filterWidth, info.strideWidth, info.dilationWidth, padInfo.left);
}

/** Along one axis: the WebAssembly functions compute positions in the padded image as int32. */
export function checkAxis(
  op: string,
  axis: string,
  size: number,
  outSize: number,
  filter: number,
  stride: number,
  dilation: number,
  pad: number,
): void {
  if (outSize >= 0 && size + outSize * stride + filter * dilation + Math.abs(pad) <= MAX_INT32) return;
  throw new Error(
    `${op}: a filter of ${filter}, stride ${stride}, dilation ${dilation} and padding ${pad} along a ${axis} of ${size} ` +
      `give an output of ${outSize}; expected a filter that fits into the padded ${axis}, and no more than 2^31 positions.`,
  );
}

/**
 * The same for a gradient, given that of the output: tfjs-core does not tell the gradients of a convolution how the
 * output's size was rounded, which shows in its shape.
 */
export function gradientInfo(
  inputShape: number[],
  filterShape: number[],
  attrs: Conv2DGeometryAttrs,
  dy: TensorInfo,
): Conv2DInfo {
  const info = conv2DInfo(inputShape, filterShape, attrs);
  if (attrs.dimRoundingMode || util.arraysEqual(dy.shape, info.outShape)) return info;
  // 'round' may take one side up and the other one down.
  const others = (['ceil', 'round'] as const).map((dimRoundingMode) =>
    conv2DInfo(inputShape, filterShape, {...attrs, dimRoundingMode}),
  );
  return others.find(({outShape}) => util.arraysEqual(dy.shape, outShape)) ?? info;
}

/** What the 2D kernels need to know of a convolution or pooling. */
export type Geometry2D = Omit<
  Conv2DInfo,
  'dataFormat' | 'effectiveFilterHeight' | 'effectiveFilterWidth' | 'filterShape' | 'inShape' | 'outShape' | 'padInfo'
> & {
  padInfo: {top: number; left: number};
};

const geometry = new RecordLayout(Geometry2DWords);

/**
 * Writes the geometry; returns the offset at which the next call reads it.
 *
 * @throws Error if anything is not a whole number
 */
export function writeGeometry(tensors: Tensors, info: Geometry2D): number {
  const {top: padTop, left: padLeft} = info.padInfo;
  return tensors.writeParams(geometry.pack([{...info, padTop, padLeft, usesWinograd: tensors.usesWinograd ? 1 : 0}]));
}

/** Whether there is nothing to sum or to compute: the result is zeros, or empty. */
export function isEmptyConv2D(info: Conv2DInfo): boolean {
  const {batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth} =
    croppedInfo(info);
  const sizes = [batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth];
  return sizes.includes(0);
}

/** The tensor as NHWC: itself, or transposed from NCHW. The caller disposes it. */
export function toNHWC(tensors: Tensors, x: TensorInfo, info: Conv2DInfo): TensorInfo {
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

/** The geometry with paddings >= 0, of an input without the rows and columns that a negative padding leaves out. */
export function croppedInfo(info: Conv2DInfo): Conv2DInfo {
  const {top, left} = info.padInfo;
  if (top >= 0 && left >= 0) return info;
  return {
    ...info,
    inHeight: Math.max(0, info.inHeight + Math.min(0, top)),
    inWidth: Math.max(0, info.inWidth + Math.min(0, left)),
    padInfo: {...info.padInfo, top: Math.max(0, top), left: Math.max(0, left)},
  };
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
  const [source, geometry] = prepareInput(tensors, x, info);
  const [from, taps, start] = [source, filter, bias].map((tensor) => (tensor ? tensors.offset(tensor) : 0));
  runConvolution(tensors, geometry, from, taps, start, tensors.offset(y), activates);
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
  const [source, geometry] = prepareInput(tensors, x, info);
  const y = tensors.deferCall(shape, {
    kernelName: Conv2D,
    operands: [source, filter],
    biasSize: info.outChannels,
    run: ([from, taps], to, bias, activates) => runConvolution(tensors, geometry, from, taps, bias, to, activates),
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
  const imageBytes = 4 * info.inHeight * info.inWidth * info.inChannels;
  if (imageBytes > MAX_PADDED_IMAGE_BYTES && info.outHeight > BAND_ROWS) {
    for (const band of bandsOf(info)) {
      runConvolution(tensors, band.info, x + band.xBytes, filter, bias, y + band.yBytes, activates);
    }
    return;
  }
  const params = writeGeometry(tensors, info);
  tensors.withScratch(wasm.conv2d_f32_scratch_bytes(params), (scratch) =>
    wasm.conv2d_f32(x, filter, bias, y, activates, params, scratch),
  );
}

/** The copy of an image with its padding is scratch: larger images are computed in bands of rows, of so many bytes. */
const MAX_PADDED_IMAGE_BYTES = 2 ** 28;
const BAND_BYTES = 2 ** 24;
/** A multiple of the rows of all tiles of minimal filtering, which therefore are the same as without bands. */
const BAND_ROWS = 12;

interface Band {
  info: Conv2DInfo;
  /** Where the band begins in x and in y. */
  xBytes: number;
  yBytes: number;
}

/** The convolutions of each image, by bands of the output's rows: in order, since a band may write past its end. */
function* bandsOf(info: Conv2DInfo): Generator<Band> {
  const {batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo} = info;
  const {strideHeight, dilationHeight, filterHeight} = info;
  const [inRowBytes, outRowBytes] = [4 * inWidth * inChannels, 4 * outWidth * outChannels];
  const reach = (filterHeight - 1) * dilationHeight + 1;
  const rowsInside = Math.floor((BAND_BYTES / inRowBytes - reach) / strideHeight);
  const rows = Math.max(BAND_ROWS, rowsInside - (rowsInside % BAND_ROWS));
  for (let image = 0; image < batchSize; image++) {
    for (let top = 0; top < outHeight; top += rows) {
      const height = Math.min(rows, outHeight - top);
      const first = top * strideHeight - padInfo.top;
      const start = Math.min(inHeight, Math.max(0, first));
      const end = Math.min(inHeight, Math.max(start, first + (height - 1) * strideHeight + reach));
      yield {
        info: {
          ...info,
          batchSize: 1,
          inHeight: end - start,
          outHeight: height,
          padInfo: {...padInfo, top: Math.max(0, -first)},
        },
        xBytes: (image * inHeight + start) * inRowBytes,
        yBytes: (image * outHeight + top) * outRowBytes,
      };
    }
  }
}

function transpose(tensors: Tensors, x: TensorInfo, perm: number[]): TensorInfo {
  return runKernel(tensors, Transpose, {x}, {perm});
}
