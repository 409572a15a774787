import {type _FusedMatMulAttrs, type _FusedMatMulInputs, _FusedMatMul as NAME, util} from '@tensorflow/tfjs-core';
import {addBiasAndActivate, isRowBias} from './shared/fused.js';
import {defineKernel} from './shared/kernel.js';
import {matMul} from './shared/matMul.js';

/** BatchMatMul, a bias and an activation in one kernel; float32. */
export const _fusedMatMul = defineKernel<_FusedMatMulInputs, _FusedMatMulAttrs>(NAME, ({inputs, attrs, backend}) => {
  const {a, b, bias, preluActivationWeights} = inputs;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const product = matMul(a, b, attrs.transposeA, attrs.transposeB, bias, backend);
  const added = util.sizeFromShape(product.shape.slice(0, -2)) === 1 && isRowBias(bias, product.shape.at(-1) as number);
  return addBiasAndActivate(product, added ? undefined : bias, attrs, preluActivationWeights, backend);
});
