import {type BatchMatMulAttrs, type BatchMatMulInputs, BatchMatMul as NAME} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {defineKernel} from './shared/kernel.js';
import {matMul} from './shared/matMul.js';

/** op(a) op(b), batched over the leading dimensions, which are broadcast; float32, int32, bool. */
export const batchMatMul = defineKernel<BatchMatMulInputs, BatchMatMulAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {a, b} = inputs;
  if (a.dtype !== b.dtype || !elementBytes(a.dtype)) return undefined;
  return matMul(tensors, a, b, Boolean(attrs.transposeA), Boolean(attrs.transposeB), undefined);
});
