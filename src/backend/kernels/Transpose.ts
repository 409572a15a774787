import {Transpose as NAME, type TransposeAttrs, type TransposeInputs} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {partwiseKernel} from './shared/complex.js';
import {transpose as transposeTensor} from './shared/transpose.js';

/** The dimensions of x in the order of `perm`; float32, int32, bool, complex64. */
export const transpose = partwiseKernel<TransposeInputs, TransposeAttrs>(NAME, ({inputs: {x}, attrs, tensors}) =>
  elementBytes(x.dtype) ? transposeTensor(tensors, x, attrs.perm) : undefined,
);
