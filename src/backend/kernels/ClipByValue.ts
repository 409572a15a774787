import {type ClipByValueAttrs, type ClipByValueInputs, ClipByValue as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {runUnary} from './shared/unary.js';

/** x clamped to clipValueMin .. clipValueMax, NaN kept; float32 and int32. */
export const clipByValue = defineKernel<ClipByValueInputs, ClipByValueAttrs>(
  NAME,
  ({inputs: {x}, attrs: {clipValueMin, clipValueMax}, tensors}) => {
    if (x.dtype === 'float32') return runUnary(tensors, 'clip_f32', x, 'float32', clipValueMin, clipValueMax);
    if (x.dtype !== 'int32') return undefined;
    const low = Number.isNaN(clipValueMin) ? INT32_MIN : nearestInt32(clipValueMin);
    const high = Number.isNaN(clipValueMax) ? INT32_MAX : nearestInt32(clipValueMax);
    return runUnary(tensors, 'clip_i32', x, 'int32', low, high);
  },
);

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/** The bound as an int32; bounds outside of its range have no effect. */
function nearestInt32(bound: number): number {
  return Math.max(INT32_MIN, Math.min(INT32_MAX, Math.trunc(bound)));
}
