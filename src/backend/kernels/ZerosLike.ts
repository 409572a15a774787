import {ZerosLike as NAME, type ZerosLikeInputs} from '@tensorflow/tfjs-core';
import {fill} from './shared/fill.js';
import {defineKernel} from './shared/kernel.js';

/** Zeros of x's shape and dtype. */
export const zerosLike = defineKernel<ZerosLikeInputs>(NAME, ({inputs: {x}, tensors}) =>
  fill(tensors, x.shape, x.dtype, 0),
);
