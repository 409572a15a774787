import {Transpose as NAME, type TransposeAttrs, type TransposeInputs} from '@tensorflow/tfjs-core';
import {elementBytes} from './shared/dtypes.js';
import {defineKernel} from './shared/kernel.js';
import {transpose as transposeTensor} from './shared/transpose.js';

/** The dimensions of x in the order of `perm`; float32, int32, bool. */
export const transpose = defineKernel<TransposeInputs, TransposeAttrs>(NAME, ({inputs: {x}, attrs, backend}) =>
  elementBytes(x.dtype) ? transposeTensor(backend, x, attrs.perm) : undefined,
);
