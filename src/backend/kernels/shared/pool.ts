import {backend_util, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {checkRank, checkTuple} from './check.js';
import {checkInfo2D, checkWindow2D} from './conv2d.js';

/** The attributes that all 2D pooling kernels have in common. */
export interface PoolAttrs {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shapes, paddings and strides of a pooling of x, NHWC. @throws Error if shape and attributes do not fit together. */
export function poolInfo(x: TensorInfo, attrs: PoolAttrs): backend_util.Conv2DInfo {
  checkRank('pool', 'x', x, 4);
  checkTuple('pool', 'filterSize', attrs.filterSize, 2, 1);
  checkWindow2D('pool', attrs);
  const info = backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    attrs.filterSize,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
  checkInfo2D('pool', info);
  return info;
}

/**
 * For the gradients of poolings, which the fallback computes for other dtypes than float32, and where dy has another
 * shape than the output: tfjs-core does not tell them how the output's size was rounded.
 *
 * @throws Error if dy cannot be the gradient, or if most of each window lies outside the image: tfjs-backend-cpu walks
 * through all of it for every pixel.
 */
export function checkFallbackGradient(dy: TensorInfo, info: backend_util.Conv2DInfo): void {
  checkRank('pool', 'the gradient dy', dy, 4);
  const {inHeight, inWidth, filterHeight, filterWidth, batchSize, outChannels, outShape} = info;
  if (dy.shape[0] !== batchSize || dy.shape[3] !== outChannels) {
    throw new Error(`pool: the gradient dy has the shape [${dy.shape}]; expected [${outShape}].`);
  }
  if (filterHeight <= 2 * inHeight && filterWidth <= 2 * inWidth) return;
  throw new Error(
    `pool: the filter is [${filterHeight}, ${filterWidth}] on an image of [${inHeight}, ${inWidth}]; expected one of at ` +
      `most twice its size where the gradient is not float32, or not [${outShape}].`,
  );
}

/** Whether windows are whole squares of 2x2 pixels, side by side from the first pixel on. */
export function isOfPairs(info: backend_util.Conv2DInfo): boolean {
  const {filterHeight, filterWidth, strideHeight, strideWidth, padInfo} = info;
  if (![filterHeight, filterWidth, strideHeight, strideWidth].every((size) => size === 2)) return false;
  if (padInfo.top !== 0 || padInfo.left !== 0) return false;
  return info.outHeight === Math.floor(info.inHeight / 2) && info.outWidth === Math.floor(info.inWidth / 2);
}

/** Whether each window is one pixel, so that pooling changes nothing. */
export function isIdentityPool({filterHeight, filterWidth, inShape, outShape}: backend_util.Conv2DInfo): boolean {
  return filterHeight === 1 && filterWidth === 1 && util.arraysEqual(inShape, outShape);
}
