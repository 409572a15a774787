import {Transpose as NAME, type TransposeAttrs, type TransposeInputs} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkWholes} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';
import {transpose as transposeTensor} from './shared/transpose.js';

/** The dimensions of x in the order of `perm`; float32, int32, bool, complex64. */
export const transpose = partwiseKernel<TransposeInputs, TransposeAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const {perm} = attrs;
  const rank = x.shape.length;
  checkWholes(NAME, 'perm', perm, rank, 0, rank - 1);
  if (new Set(perm).size !== rank) {
    throw new Error(`Transpose: perm is [${perm}]; expected each dimension of [${x.shape}] once.`);
  }
  return elementBytes(x.dtype) ? transposeTensor(tensors, x, perm) : undefined;
});
