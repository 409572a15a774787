import {backend_util, Slice, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {Geometry3DWords} from '../../../../assembly/abi.js';
import {RecordLayout} from '../../records.js';
import type {Tensors} from '../../tensors.js';
import {checkRank, checkTuple, checkWhole, checkWholes, MAX_INT32} from './check.js';
import {checkAxis, checkInfo2D} from './conv2d.js';
import {runKernel} from './kernel.js';

type Conv3DInfo = backend_util.Conv3DInfo;
type Shape5D = [number, number, number, number, number];

/** The attributes that all 3D convolution kernels have in common; the gradients have no dilations. */
export interface Conv3DGeometryAttrs {
  strides: [number, number, number] | number;
  pad: 'valid' | 'same' | number;
  dilations?: [number, number, number] | number;
}

/**
 * Shapes, paddings and strides of a convolution, NDHWC and DHWIO.
 *
 * @throws Error if shapes and attributes do not fit together.
 */
export function conv3DInfo(inputShape: number[], filterShape: number[], attrs: Conv3DGeometryAttrs): Conv3DInfo {
  const {strides, pad, dilations = 1} = attrs;
  checkWholes('conv3d', 'the shape of the input', inputShape);
  checkWholes('conv3d', 'the shape of the filter', filterShape);
  util.assert(
    inputShape.length === 5 && filterShape.length === 5 && inputShape[4] === filterShape[3],
    () =>
      `Error in conv3d: got an input of shape [${inputShape}] and a filter of shape [${filterShape}], expected two of ` +
      `rank 5, the input's last dimension the filter's fourth.`,
  );
  checkTuple('conv3d', 'dilations', dilations, 3, 1);
  checkWindow3D('conv3d', strides, pad);
  const info = backend_util.computeConv3DInfo(inputShape as Shape5D, filterShape as Shape5D, strides, dilations, pad);
  checkInfo3D('conv3d', info);
  return info;
}

/** @throws Error unless strides are whole numbers >= 1, one for all axes or three, and a numeric padding is whole. */
export function checkWindow3D(op: string, strides: unknown, pad: unknown): void {
  checkTuple(op, 'strides', strides, 3, 1);
  if (typeof pad === 'number') checkWhole(op, 'pad', pad, -MAX_INT32);
}

/** As checkInfo2D. */
export function checkInfo3D(op: string, info: Conv3DInfo): void {
  const {inDepth, outDepth, filterDepth, strideDepth, dilationDepth, padInfo} = info;
  checkAxis(op, 'depth', inDepth, outDepth, filterDepth, strideDepth, dilationDepth, padInfo.front);
  checkInfo2D(op, info);
}

const geometry = new RecordLayout(Geometry3DWords);

/** Writes the geometry; returns the offset at which the next call reads it. */
export function writeGeometry3D(tensors: Tensors, info: Conv3DInfo): number {
  const {front: padFront, top: padTop, left: padLeft} = info.padInfo;
  return tensors.writeParams(geometry.pack([{...info, padFront, padTop, padLeft}]));
}

/**
 * The gradient of the output; the caller disposes it. As on tfjs-backend-cpu it may be larger than the output of
 * `info`, which conv3dTranspose allows: then only its first planes, rows and columns count.
 *
 * @throws Error if it is smaller.
 */
export function gradientOfOutput(tensors: Tensors, dy: TensorInfo, info: Conv3DInfo): TensorInfo {
  checkRank('conv3d', 'the gradient dy', dy, 5);
  if (util.arraysEqual(dy.shape, info.outShape)) return tensors.share(dy, dy.shape);
  return runKernel(tensors, Slice, {x: dy}, {begin: [0, 0, 0, 0, 0], size: info.outShape});
}

/**
 * A new tensor, float32, that `run` fills with a convolution or a gradient of it; zeros if there is nothing to sum.
 *
 * @param scratchBytes the scratch of the function that `run` calls, given the geometry
 */
export function sumOfProducts(
  tensors: Tensors,
  shape: number[],
  info: Conv3DInfo,
  scratchBytes: (params: number) => number,
  run: (result: number, params: number, scratch: number) => void,
): TensorInfo {
  const result = tensors.allocate(shape, 'float32');
  if ([info.inShape, info.outShape, info.filterShape].some((sizes) => util.sizeFromShape(sizes) === 0)) {
    tensors.writable(result).fill(0);
    return result;
  }
  const params = writeGeometry3D(tensors, info);
  tensors.withScratch(scratchBytes(params), (scratch) => run(tensors.offset(result), params, scratch));
  return result;
}
