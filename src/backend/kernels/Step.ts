import {Step as NAME, type StepAttrs, type StepInputs} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {runUnary} from './shared/unary.js';

/** 1 where x > 0, alpha elsewhere, NaN kept; float32 and int32. */
export const step = defineKernel<StepInputs, StepAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  if (x.dtype === 'float32') return runUnary(tensors, 'step_f32', x, 'float32', attrs.alpha);
  if (x.dtype === 'int32') return runUnary(tensors, 'step_i32', x, 'int32', attrs.alpha);
  return undefined;
});
