import {Softmax as NAME, type SoftmaxAttrs, type SoftmaxInputs} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel';
import {softmaxRows} from './shared/softmax';

/** e^x / sum of e^x over the last dimension; float32. */
export const softmax = defineKernel<SoftmaxInputs, SoftmaxAttrs>(NAME, ({inputs: {logits}, attrs, backend}) =>
  softmaxRows(backend, logits, attrs.dim, 'softmax_f32'),
);
