import {type BincountAttrs, type BincountInputs, Bincount as NAME} from '@tensorflow/tfjs-core';
import {bincount as count} from './shared/bincount.js';
import {defineKernel} from './shared/kernel.js';

/** How often each number below `size` occurs in x, or the sums of its weights, float32 or int32. */
export const bincount = defineKernel<BincountInputs, BincountAttrs>(NAME, ({inputs: {x, weights}, attrs, tensors}) =>
  count(tensors, x, weights, [attrs.size], false),
);
