import {type FillAttrs, Fill as NAME, util} from '@tensorflow/tfjs-core';
import {checkWholes} from './shared/check.js';
import {fill as fillTensor} from './shared/fill.js';
import {defineKernel} from './shared/kernel.js';

/** A tensor of one value; float32, int32 and bool. */
export const fill = defineKernel<Record<string, never>, FillAttrs>(NAME, ({attrs: {shape, value, dtype}, tensors}) => {
  const type = dtype || util.inferDtype(value);
  checkWholes(NAME, 'shape', shape);
  tensors.checkRoom(shape, BYTES_OF_ELEMENT[type]);
  return typeof value === 'number' ? fillTensor(tensors, shape, type, value) : undefined;
});

/** Strings are not on the heap, but their list has to be somewhere. */
const BYTES_OF_ELEMENT = {float32: 4, int32: 4, bool: 1, complex64: 8, string: 16};
