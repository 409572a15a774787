import {type BatchMatMulAttrs, type BatchMatMulInputs, BatchMatMul as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {matMul} from './shared/matMul.js';

/** op(a) op(b), batched over the leading dimensions, which are broadcast; float32. */
export const batchMatMul = defineKernel<BatchMatMulInputs, BatchMatMulAttrs>(NAME, ({inputs, attrs, backend}) => {
  const {a, b} = inputs;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  return matMul(a, b, attrs.transposeA, attrs.transposeB, undefined, backend);
});
