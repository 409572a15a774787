import {Real as NAME, type RealInputs} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';

/** The real part of a complex64 tensor: its bytes, under a data id of their own. */
export const real = defineKernel<RealInputs>(NAME, ({inputs: {input}, tensors}) =>
  tensors.alias(tensors.complexParts(input).real),
);
