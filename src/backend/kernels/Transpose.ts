import {Transpose as NAME, type TransposeAttrs, type TransposeInputs} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {defineKernel} from './shared/kernel.js';
import {transpose as transposeTensor} from './shared/transpose.js';

/** The dimensions of x in the order of `perm`; float32, int32, bool. */
export const transpose = defineKernel<TransposeInputs, TransposeAttrs>(NAME, ({inputs: {x}, attrs, tensors}) =>
  elementBytes(x.dtype) ? transposeTensor(tensors, x, attrs.perm) : undefined,
);
