import {backend_util, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {checkTuple} from './check.js';
import {type Geometry2D, writeGeometry} from './conv2d.js';
import {checkInfo3D, checkWindow3D} from './conv3d.js';

type Conv3DInfo = backend_util.Conv3DInfo;

/** The attributes that all 3D pooling kernels have in common. */
export interface Pool3DAttrs {
  filterSize: [number, number, number] | number;
  strides: [number, number, number] | number;
  pad: 'valid' | 'same' | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shapes, paddings and strides of a pooling of x, NDHWC. @throws Error if shape and attributes do not fit together. */
export function pool3DInfo(x: TensorInfo, attrs: Pool3DAttrs): Conv3DInfo {
  const {filterSize, strides, pad, dimRoundingMode} = attrs;
  util.assert(x.shape.length === 5, () => `Error in pool3d: got an input of shape [${x.shape}], expected rank 5.`);
  checkTuple('pool3d', 'filterSize', filterSize, 3, 1);
  checkWindow3D('pool3d', strides, pad);
  const shape = x.shape as [number, number, number, number, number];
  const info = backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  checkInfo3D('pool3d', info);
  return info;
}

/** @throws Error if the gradient of the output does not have the shape of the output. */
export function checkGradient(dy: TensorInfo, info: Conv3DInfo): void {
  util.assertShapesMatch(dy.shape, info.outShape, 'Error in pool3d: the gradient has not the shape of the output. ');
}

/** As checkFallbackGradient. */
export function checkFallbackWindows({inShape, filterDepth, filterHeight, filterWidth}: Conv3DInfo): void {
  const filter = [filterDepth, filterHeight, filterWidth];
  if (filter.every((size, axis) => size <= 2 * inShape[axis + 1])) return;
  throw new Error(
    `pool3d: the filter is [${filter}] on an input of [${inShape}]; expected one of at most twice its size where the ` +
      'gradient is not float32.',
  );
}

/** The largest or the mean element of each window, by a 2D kernel. */
export function pool3D(
  tensors: Tensors,
  x: TensorInfo,
  info: Conv3DInfo,
  pool2D: (x: number, y: number, params: number) => void,
): TensorInfo {
  const y = tensors.allocate(info.outShape, x.dtype);
  if (util.sizeFromShape(y.shape) > 0) runPasses(tensors, passes(info), x, y, info, pool2D);
  return y;
}

/** The gradient of a pooling, by a 2D kernel: the passes in reverse order. */
export function pool3DGrad(
  tensors: Tensors,
  dy: TensorInfo,
  info: Conv3DInfo,
  pool2DGrad: (dy: number, dx: number, params: number) => void,
): TensorInfo {
  const dx = tensors.allocate(info.inShape, 'float32');
  if (util.sizeFromShape(dx.shape) > 0) runPasses(tensors, passes(info).reverse(), dy, dx, info, pool2DGrad);
  return dx;
}

/**
 * A 3D pooling as two 2D poolings: over the rows and columns of each plane, then across the planes, with all pixels of
 * a plane as channels. A pass that changes nothing is left out, but never both: max pooling replaces NaN.
 */
function passes(info: Conv3DInfo): Geometry2D[] {
  const inPlane: Geometry2D = {...info, batchSize: info.batchSize * info.inDepth};
  const floats = info.outHeight * info.outWidth * info.outChannels;
  const acrossPlanes: Geometry2D = {
    batchSize: info.batchSize,
    inHeight: info.inDepth,
    inWidth: 1,
    inChannels: floats,
    outHeight: info.outDepth,
    outWidth: 1,
    outChannels: floats,
    filterHeight: info.filterDepth,
    filterWidth: 1,
    strideHeight: info.strideDepth,
    strideWidth: 1,
    dilationHeight: 1,
    dilationWidth: 1,
    padInfo: {top: info.padInfo.front, left: 0},
  };
  if (isIdentity(acrossPlanes)) return [inPlane];
  return isIdentity(inPlane) ? [acrossPlanes] : [inPlane, acrossPlanes];
}

/** Equal sizes are not enough: where the output's size is rounded up, a last window may lie outside the volume. */
function isIdentity({filterHeight, filterWidth, strideHeight, strideWidth, padInfo}: Geometry2D): boolean {
  const isOne = [filterHeight, filterWidth, strideHeight, strideWidth].every((n) => n === 1);
  return isOne && padInfo.top === 0 && padInfo.left === 0;
}

function runPasses(
  tensors: Tensors,
  [first, second]: Geometry2D[],
  from: TensorInfo,
  to: TensorInfo,
  info: Conv3DInfo,
  run: (from: number, to: number, params: number) => void,
): void {
  const source = tensors.offset(from);
  if (!second) {
    run(source, tensors.offset(to), writeGeometry(tensors, first));
    return;
  }
  const floats = info.batchSize * info.inDepth * info.outHeight * info.outWidth * info.outChannels;
  tensors.withScratch(4 * floats, (between) => {
    run(source, between, writeGeometry(tensors, first));
    run(between, tensors.offset(to), writeGeometry(tensors, second));
  });
}
