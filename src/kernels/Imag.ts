import {type ImagInputs, Imag as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel';

/** The imaginary part of a complex64 tensor: its bytes, under one more reference. */
export const imag = defineKernel<ImagInputs>(NAME, ({inputs: {input}, backend}) =>
  backend.share(backend.complexParts(input).imag, input.shape),
);
