import {type ExpandDimsAttrs, type ExpandDimsInputs, ExpandDims as NAME} from '@tensorflow/tfjs-core';
import {expandShape} from './shared/expand.js';
import {defineKernel} from './shared/kernel.js';

/** The same bytes under a shape with one more dimension of size 1. */
export const expandDims = defineKernel<ExpandDimsInputs, ExpandDimsAttrs>(NAME, ({inputs: {input}, attrs, tensors}) =>
  tensors.share(input, expandShape(input.shape, attrs.dim)),
);
