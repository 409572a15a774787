import {type FillAttrs, Fill as NAME, util} from '@tensorflow/tfjs-core';
import {fill as fillTensor} from './shared/fill.js';
import {defineKernel} from './shared/kernel.js';

/** A tensor of one value; float32, int32 and bool. */
export const fill = defineKernel<Record<string, never>, FillAttrs>(NAME, ({attrs: {shape, value, dtype}, tensors}) => {
  const type = dtype || util.inferDtype(value);
  return typeof value === 'number' ? fillTensor(tensors, shape, type, value) : undefined;
});
