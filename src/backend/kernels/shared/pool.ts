import {backend_util, type TensorInfo, util} from '@tensorflow/tfjs-core';

/** The attributes that all 2D pooling kernels have in common. */
export interface PoolAttrs {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shapes, paddings and strides of a pooling of x, NHWC. @throws Error if shape and attributes do not fit together. */
export function poolInfo(x: TensorInfo, attrs: PoolAttrs): backend_util.Conv2DInfo {
  return backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    attrs.filterSize,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
}

/** Whether each window is one pixel, so that pooling changes nothing. */
export function isIdentityPool({filterHeight, filterWidth, inShape, outShape}: backend_util.Conv2DInfo): boolean {
  return filterHeight === 1 && filterWidth === 1 && util.arraysEqual(inShape, outShape);
}
