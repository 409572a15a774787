import {backend_util, type Dilation2DAttrs, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {checkTuple} from './check.js';
import {checkInfo2D, checkWindow2D, writeGeometry} from './conv2d.js';

/**
 * Shapes, paddings and strides of a grey-scale dilation of x, NHWC, by a filter, HWC.
 *
 * @throws Error if shapes and attributes do not fit together.
 */
export function dilation2DInfo(
  x: TensorInfo,
  filter: TensorInfo,
  {strides, pad, dilations}: Dilation2DAttrs,
): backend_util.Conv2DInfo {
  util.assert(
    x.shape.length === 4 && filter.shape.length === 3 && x.shape[3] === filter.shape[2],
    () =>
      `dilation2d: expected x of rank 4 and a filter of rank 3 of equal depths, got [${x.shape}], [${filter.shape}].`,
  );
  checkWindow2D('dilation2d', {strides, pad});
  checkTuple('dilation2d', 'dilations', dilations, 2, 1);
  const info = backend_util.computeDilation2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number],
    strides,
    pad,
    'NHWC',
    dilations,
  );
  checkInfo2D('dilation2d', info);
  return info;
}

/**
 * The gradient with respect to x or to the filter, as a new tensor of its shape; undefined for dtypes other than
 * float32.
 *
 * @param run fills it, given the offsets of x, the filter, dy and the gradient, and the geometry
 * @throws Error if shapes and attributes do not fit together.
 */
export function dilation2DGradient(
  tensors: Tensors,
  kernelName: string,
  of: 'x' | 'filter',
  inputs: {x: TensorInfo; filter: TensorInfo; dy: TensorInfo},
  attrs: Dilation2DAttrs,
  run: (x: number, filter: number, dy: number, gradient: number, params: number) => void,
): TensorInfo | undefined {
  const {x, filter, dy} = inputs;
  const info = dilation2DInfo(x, filter, attrs);
  const {outShape} = info;
  util.assert(
    dy.shape.length === outShape.length,
    () => `Error in ${kernelName}, dy must have the same rank as output ${outShape.length}, but got ${dy.shape.length}`,
  );
  util.assert(
    util.sizeFromShape(dy.shape) === util.sizeFromShape(outShape),
    () => `Error in ${kernelName}, dy must have the shape of the output, [${outShape}], but got [${dy.shape}]`,
  );
  if ([x, filter, dy].some(({dtype}) => dtype !== 'float32')) return undefined;
  const gradient = tensors.allocate(inputs[of].shape, 'float32');
  if (util.sizeFromShape(gradient.shape) === 0) return gradient;
  const [from, taps, offsetDy, to] = [x, filter, dy, gradient].map((tensor) => tensors.offset(tensor));
  run(from, taps, offsetDy, to, writeGeometry(tensors, info));
  return gradient;
}
