import {OnesLike as NAME, type OnesLikeInputs} from '@tensorflow/tfjs-core';
import {fill} from './shared/fill.js';
import {defineKernel} from './shared/kernel.js';

/** Ones of x's shape and dtype. */
export const onesLike = defineKernel<OnesLikeInputs>(NAME, ({inputs: {x}, tensors}) =>
  fill(tensors, x.shape, x.dtype, 1),
);
