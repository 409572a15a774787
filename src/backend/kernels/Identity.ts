import {type IdentityInputs, Identity as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';

/** The same bytes under one more reference. */
export const identity = defineKernel<IdentityInputs>(NAME, ({inputs, tensors}) =>
  tensors.share(inputs.x, inputs.x.shape),
);
