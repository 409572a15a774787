import {type ComplexInputs, Complex as NAME} from '@tensorflow/tfjs-core';
import {checkShape} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/** A complex64 tensor of two float32 tensors of one shape, which share their bytes with it. */
export const complex = defineKernel<ComplexInputs>(NAME, ({inputs: {real, imag}, tensors}) => {
  checkShape(NAME, 'imag', imag, real.shape);
  if (real.dtype !== 'float32' || imag.dtype !== 'float32') return undefined;
  return tensors.makeComplex(tensors.alias(real), tensors.alias(imag));
});
