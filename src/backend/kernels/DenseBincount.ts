import {type DenseBincountAttrs, type DenseBincountInputs, DenseBincount as NAME} from '@tensorflow/tfjs-core';
import {bincount} from './shared/bincount.js';
import {defineKernel} from './shared/kernel.js';

/** Bincount of x, or of each of its rows; for rows only, `binaryOutput` asks for 1 for each number that occurs. */
export const denseBincount = defineKernel<DenseBincountInputs, DenseBincountAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {x, weights} = inputs;
  const {size, binaryOutput} = attrs;
  const rank = x.shape.length;
  if (rank === 1) return bincount(tensors, x, weights, [size], false);
  if (rank === 2) return bincount(tensors, x, weights, [x.shape[0], size], binaryOutput === true);
  throw new Error(`Error in denseBincount: input must be at most rank 2, but got rank${rank}.`);
});
