import * as tf from '@tensorflow/tfjs-core';
import {type DifferentiableCase, differentiable, type Options} from './types';

const sizes: readonly [string, [number, number]][] = [
  ['larger', [5, 7]],
  ['smaller', [2, 2]],
  ['one larger, one smaller', [6, 2]],
  ['to one pixel', [1, 1]],
  ['the same', [3, 4]],
];
/** tfjs-core refuses both. */
const positions: readonly [string, boolean, boolean][] = [
  ['', false, false],
  [', alignCorners', true, false],
  [', halfPixelCenters', false, true],
];

const resizes = sizes.flatMap(([size, newSize]) =>
  positions.flatMap(([position, alignCorners, halfPixelCenters]) => [
    differentiable(
      'image.resizeBilinear',
      `${size}${position}`,
      [[2, 3, 4, 2]],
      (x: tf.Tensor4D) => tf.image.resizeBilinear(x, newSize, alignCorners, halfPixelCenters),
      {second: {missing: 'gradient function not found for ResizeBilinearGrad'}},
    ),
    differentiable(
      'image.resizeNearestNeighbor',
      `${size}${position}`,
      [[2, 3, 4, 2]],
      (x: tf.Tensor4D) => tf.image.resizeNearestNeighbor(x, newSize, alignCorners, halfPixelCenters),
      {second: {missing: 'gradient function not found for ResizeNearestNeighborGrad'}},
    ),
  ]),
);

const lacks = (kernel: string): Options => ({missing: `gradient function not found for ${kernel}`});

export const cases: readonly DifferentiableCase[] = [
  ...resizes,
  differentiable(
    'image.resizeBilinear',
    'of one image',
    [[3, 4, 2]],
    (x: tf.Tensor3D) => tf.image.resizeBilinear(x, [5, 5]),
    {second: {missing: 'gradient function not found for ResizeBilinearGrad'}},
  ),
  differentiable('image.grayscaleToRGB', '', [[2, 2, 1]], (x: tf.Tensor3D) => tf.image.grayscaleToRGB(x)),
  differentiable(
    'image.rgbToGrayscale',
    '',
    [[2, 2, 3]],
    (x: tf.Tensor3D) => tf.image.rgbToGrayscale(x),
    lacks('Einsum'),
  ),
  differentiable(
    'image.flipLeftRight',
    '',
    [[1, 2, 3, 1]],
    (x: tf.Tensor4D) => tf.image.flipLeftRight(x),
    lacks('FlipLeftRight'),
  ),
  differentiable(
    'image.rotateWithOffset',
    '',
    [[1, 3, 3, 1]],
    (x: tf.Tensor4D) => tf.image.rotateWithOffset(x, 0.3),
    lacks('RotateWithOffset'),
  ),
  differentiable(
    'image.cropAndResize',
    '',
    [[1, 4, 4, 1]],
    (x: tf.Tensor4D) => tf.image.cropAndResize(x, tf.tensor2d([[0, 0, 1, 0.5]]), tf.tensor1d([0], 'int32'), [2, 2]),
    lacks('CropAndResize'),
  ),
  differentiable(
    'image.transform',
    '',
    [[1, 3, 3, 1]],
    (x: tf.Tensor4D) => tf.image.transform(x, tf.tensor2d([[1, 0, 0.5, 0, 1, 0.5, 0, 0]]), 'bilinear'),
    lacks('Transform'),
  ),
];
