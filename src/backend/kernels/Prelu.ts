import {Prelu as NAME, type PreluInputs} from '@tensorflow/tfjs-core';
import {runBinary} from './shared/binary.js';
import {defineKernel} from './shared/kernel.js';

/** x, or alpha x where x < 0; alpha broadcasts; float32. */
export const prelu = defineKernel<PreluInputs>(NAME, ({inputs: {x, alpha}, tensors}) => {
  if (x.dtype !== 'float32' || alpha.dtype !== 'float32') return undefined;
  return runBinary(tensors, 'prelu_f32', x, alpha, 'float32');
});
