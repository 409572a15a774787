import {Range as NAME, type RangeAttrs} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {defineKernel} from './shared/kernel.js';

/** start, start + step, ... up to but without stop, each rounded to the dtype before the next is computed from it. */
export const range = defineKernel<Record<string, never>, RangeAttrs>(NAME, ({attrs, tensors}) => {
  const {start, stop, step, dtype} = attrs;
  const empty = start === stop || (start < stop && step < 0) || (stop < start && step > 1);
  const n = empty ? 0 : Math.abs(Math.ceil((stop - start) / step));
  if (!Number.isInteger(n)) {
    throw new Error(`Range: from ${start} to ${stop} there are ${n} steps of ${step}; expected a whole number.`);
  }
  tensors.checkRoom([n], elementBytes(dtype) || 4);
  if (!elementBytes(dtype)) return undefined;
  // A step of 1 is also the default, and counts down where stop is below start.
  const signedStep = stop < start && step === 1 ? -1 : step;
  const y = tensors.allocate([n], dtype);
  if (dtype === 'float32') {
    tensors.wasm.progression_f32(tensors.offset(y), n, start, signedStep);
    return y;
  }
  const values = tensors.writable(y);
  for (let i = 0; i < n; i++) values[i] = i === 0 ? start : values[i - 1] + signedStep;
  return y;
});
