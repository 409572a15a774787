import {Unpack as NAME, type UnpackAttrs, type UnpackInputs} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {axisOf} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';
import {copyStrided, denseStrides} from './shared/strided.js';

/** x cut along an axis into tensors without that axis; float32, int32, bool, complex64. */
export const unpack = partwiseKernel<UnpackInputs, UnpackAttrs>(NAME, ({inputs: {value}, attrs, tensors}) => {
  const axis = axisOf(NAME, attrs.axis, value.shape);
  if (!elementBytes(value.dtype)) return undefined;
  const withoutAxis = (_: number, dim: number) => dim !== axis;
  const strides = denseStrides(value.shape);
  const outStrides = strides.filter(withoutAxis);
  return Array.from({length: value.shape[axis]}, (_, i) => {
    const shape = value.shape.filter(withoutAxis);
    return copyStrided(tensors, value, {offset: i * strides[axis], sizes: shape, strides: outStrides}, shape);
  });
});
