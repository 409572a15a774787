import {type LinSpaceAttrs, LinSpace as NAME} from '@tensorflow/tfjs-core';
import {checkWhole} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/** `num` float32 values at equal distances from start to stop. */
export const linSpace = defineKernel<Record<string, never>, LinSpaceAttrs>(NAME, ({attrs, tensors}) => {
  const {start, stop, num} = attrs;
  checkWhole(NAME, 'num', num);
  const y = tensors.allocate([num], 'float32');
  const values = tensors.view(y);
  const step = (stop - start) / (num - 1);
  // Each value is rounded before the next is computed, as on tfjs-backend-cpu.
  for (let i = 0; i < num; i++) values[i] = i === 0 ? start : values[i - 1] + step;
  return y;
});
