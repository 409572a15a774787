import {backend_util, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {Geometry2DWords} from '../../../../assembly/abi.js';
import {RecordLayout} from '../../records.js';
import type {Tensors} from '../../tensors.js';
import {checkPairs, checkTuple, checkWhole, checkWholes, MAX_INT32} from './check.js';

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
