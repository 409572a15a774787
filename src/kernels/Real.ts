import {Real as NAME, type RealInputs} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel';

/** The real part of a complex64 tensor: its bytes, under one more reference. */
export const real = defineKernel<RealInputs>(NAME, ({inputs: {input}, backend}) =>
  backend.share(backend.complexParts(input).real, input.shape),
);
