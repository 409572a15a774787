import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {KernelExports} from '../../module/load.js';
import type {Tensors} from '../../tensors.js';
import {checkRank, checkWholes} from './check.js';

type Shape4 = [number, number, number, number];

/**
 * The shape of NHWC images resized to `size`.
 *
 * @throws Error if `size` is not [height, width], or if there is no pixel to take values from.
 */
export function resizedShape(kernelName: string, images: TensorInfo, size: readonly number[]): Shape4 {
  checkRank(kernelName, 'images', images, 4);
  checkWholes(kernelName, 'the new size', size, 2);
  const [batch, height, width, channels] = images.shape;
  const shape: Shape4 = [batch, size[0], size[1], channels];
  if (height * width === 0 && util.sizeFromShape(shape) > 0) {
    throw new Error(`${kernelName}: images are [${images.shape}]; expected a height and a width of at least 1.`);
  }
  return shape;
}

/** tfjs-core passes the attributes of the forward pass, of which the kernels' types have only one. */
export interface ResizeGradAttrs {
  alignCorners: boolean;
  halfPixelCenters?: boolean;
}

/** The gradient of a resizing with respect to its float32 images, NHWC, from the gradient dy of its result. */
export function resizeGrad(
  tensors: Tensors,
  kernelName: string,
  {images, dy}: {images: TensorInfo; dy: TensorInfo},
  {alignCorners, halfPixelCenters = false}: ResizeGradAttrs,
  scratchBytes: (newHeight: number, newWidth: number, width: number, channels: number) => number,
  run: KernelExports['resize_bilinear_grad_f32'],
): TensorInfo | undefined {
  const [shape, [newHeight, newWidth]] = resizeGradShapes(kernelName, images, dy);
  const [batch, height, width, channels] = shape;
  if (images.dtype !== 'float32' || dy.dtype !== 'float32') {
    // tfjs-backend-cpu's loops over the windows of a single row or column have no end.
    if (Math.min(shape[1], shape[2]) <= 1)
      throw new Error(`${kernelName}: expected float32, got ${images.dtype} and ${dy.dtype}.`);
    return undefined;
  }
  const [isAligned, isHalf] = [Boolean(alignCorners), Boolean(halfPixelCenters)];
  const dx = tensors.allocate(shape, 'float32');
  if (util.sizeFromShape(shape) === 0) return dx;
  tensors.withScratch(scratchBytes(newHeight, newWidth, width, channels), (scratch) => {
    const [from, to] = [tensors.offset(dy), tensors.offset(dx)];
    run(from, to, batch, height, width, newHeight, newWidth, channels, isAligned, isHalf, scratch);
  });
  return dx;
}

/**
 * The shape of the images, and the height and width of the resized ones, whose gradient is dy.
 *
 * @throws Error if they differ in batch or channels, or if there is no pixel for a gradient to go to.
 */
function resizeGradShapes(kernelName: string, images: TensorInfo, dy: TensorInfo): [Shape4, [number, number]] {
  const [batch, newHeight, newWidth, channels] = dy.shape;
  checkRank(kernelName, 'dy', dy, 4);
  const shape = images.shape as Shape4;
  const resized = resizedShape(kernelName, images, [newHeight, newWidth]);
  if (batch !== resized[0] || channels !== resized[3]) {
    throw new Error(`${kernelName}: dy is [${dy.shape}], images are [${shape}]; expected the same batch and channels.`);
  }
  return [shape, [newHeight, newWidth]];
}
