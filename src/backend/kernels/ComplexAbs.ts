import {type ComplexAbsInputs, ComplexAbs as NAME} from '@tensorflow/tfjs-core';
import {runBinary} from './shared/binary.js';
import {defineKernel} from './shared/kernel.js';

/** The magnitudes of complex64, float32. */
export const complexAbs = defineKernel<ComplexAbsInputs>(NAME, ({inputs: {x}, tensors}) => {
  const {real, imag} = tensors.complexParts(x);
  return runBinary(tensors, 'hypot_f32', real, imag, 'float32');
});
