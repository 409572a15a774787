import {Reverse as NAME, type ReverseAttrs, type ReverseInputs} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {axesOf} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';
import {copyStrided, denseStrides} from './shared/strided.js';

/**
 * x with its elements in reverse order along the given dimensions, once for each time that one is named; float32,
 * int32, bool, complex64.
 */
export const reverse = partwiseKernel<ReverseInputs, ReverseAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const dims = axesOf(NAME, attrs.dims, x.shape);
  if (!elementBytes(x.dtype)) return undefined;
  if (x.shape.length === 0) return tensors.share(x, x.shape);
  const strides = denseStrides(x.shape);
  let offset = 0;
  for (const dim of dims) {
    offset += (x.shape[dim] - 1) * strides[dim];
    strides[dim] = -strides[dim];
  }
  return copyStrided(tensors, x, {offset, sizes: x.shape, strides}, x.shape);
});
