import {OnesLike as NAME, type OnesLikeInputs} from '@tensorflow/tfjs-core';
import {fill} from './shared/fill';
import {defineKernel} from './shared/kernel';

/** Ones of x's shape and dtype. */
export const onesLike = defineKernel<OnesLikeInputs>(NAME, ({inputs: {x}, backend}) =>
  fill(backend, x.shape, x.dtype, 1),
);
