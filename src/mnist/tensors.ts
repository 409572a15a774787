import {type Tensor2D, type Tensor4D, tensor2d, tensor4d} from '@tensorflow/tfjs-core';
import {assertGiven, assertOptions, isBytes, isPlain} from '../shared/given.js';
import type {MnistSplit} from './types.js';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const CLASSES = 10;

/**
 * A split as the tensors that a classifier trains on.
 *
 * @returns `xs`, float32 `[size, 28, 28, 1]`, or `[size, 784]` with `flatten`: pixels / 255; `ys`, float32
 *   `[size, 10]`, one-hot. The caller disposes both.
 * @throws RangeError where the arrays do not have the lengths that `size` wants, or a label is above 9.
 */
export function toTensors(split: MnistSplit, options?: {flatten?: false}): {xs: Tensor4D; ys: Tensor2D};
export function toTensors(split: MnistSplit, options: {flatten: true}): {xs: Tensor2D; ys: Tensor2D};
export function toTensors(split: MnistSplit, options?: {flatten?: boolean}): {xs: Tensor4D | Tensor2D; ys: Tensor2D};
export function toTensors(
  split: MnistSplit,
  options: {flatten?: boolean} = {},
): {xs: Tensor4D | Tensor2D; ys: Tensor2D} {
  assertGiven(isPlain(split), 'split', '{images, labels, size}', split);
  assertOptions(options);
  const {images, labels, size} = split;
  assertGiven(isBytes(images), 'images', 'a Uint8Array', images);
  assertGiven(isBytes(labels), 'labels', 'a Uint8Array', labels);
  if (images.length !== size * PIXELS || labels.length !== size) {
    throw new RangeError(
      `toTensors: a split of size ${size} needs ${size * PIXELS} pixels and ${size} labels, ` +
        `got ${images.length} and ${labels.length}.`,
    );
  }
  // Divided, not multiplied by 1/255: the nearest float32 to each quotient, as in the frameworks people compare with.
  const scaled = Float32Array.from({length: 256}, (_, pixel) => pixel / 255);
  const pixels = new Float32Array(images.length);
  for (let i = 0; i < images.length; i++) pixels[i] = scaled[images[i]];
  const oneHot = new Float32Array(size * CLASSES);
  for (let i = 0; i < size; i++) {
    if (labels[i] >= CLASSES) throw new RangeError(`toTensors: label ${i} is ${labels[i]}, expected 0 to 9.`);
    oneHot[i * CLASSES + labels[i]] = 1;
  }
  return {
    xs: options.flatten ? tensor2d(pixels, [size, PIXELS]) : tensor4d(pixels, [size, SIDE, SIDE, 1]),
    ys: tensor2d(oneHot, [size, CLASSES]),
  };
}
