import {type ImagInputs, Imag as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';

/** The imaginary part of a complex64 tensor: its bytes, under a data id of their own. */
export const imag = defineKernel<ImagInputs>(NAME, ({inputs: {input}, tensors}) =>
  tensors.alias(tensors.complexParts(input).imag),
);
