import {type _FusedMatMulAttrs, type _FusedMatMulInputs, _FusedMatMul as NAME, util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {addBiasAndActivate, isRowBias} from './shared/fused.js';
import {defineKernel} from './shared/kernel.js';
import {matMul} from './shared/matMul.js';

/** BatchMatMul, then a bias and an activation; float32, int32, bool. */
export const _fusedMatMul = defineKernel<_FusedMatMulInputs, _FusedMatMulAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {a, b, bias, preluActivationWeights} = inputs;
  if (a.dtype !== b.dtype || !elementBytes(a.dtype)) return undefined;
  const product = matMul(tensors, a, b, Boolean(attrs.transposeA), Boolean(attrs.transposeB), bias);
  const isOne = a.dtype === 'float32' && util.sizeFromShape(product.shape.slice(0, -2)) === 1;
  const added = isOne && isRowBias(bias, product.shape.at(-1) as number);
  return addBiasAndActivate(tensors, product, added ? undefined : bias, attrs, preluActivationWeights);
});
