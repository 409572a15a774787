import {Tile as NAME, type TileAttrs, type TileInputs} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkWholes} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';
import {copyStrided, denseStrides} from './shared/strided.js';

/** x repeated along each of its dimensions; float32, int32, bool, complex64. */
export const tile = partwiseKernel<TileInputs, TileAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  checkWholes(NAME, 'reps', attrs.reps, x.shape.length);
  const shape = x.shape.map((size, dim) => size * attrs.reps[dim]);
  tensors.checkRoom(shape, elementBytes(x.dtype) || 16);
  if (!elementBytes(x.dtype)) return undefined;
  const xStrides = denseStrides(x.shape);
  const sizes: number[] = [];
  const strides: number[] = [];
  // Each dimension becomes two: the repetition, and the index within it.
  x.shape.forEach((size, dim) => {
    sizes.push(attrs.reps[dim], size);
    strides.push(0, xStrides[dim]);
  });
  return copyStrided(tensors, x, {offset: 0, sizes, strides}, shape);
});
