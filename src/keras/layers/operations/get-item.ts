import * as tf from '@tensorflow/tfjs-core';
import type {Constant, Tensor} from './operation.js';

type Slice = {start: number | null; stop: number | null; step: number | null};

/** `x[key]` of NumPy: numbers, slices, an ellipsis, new axes. */
export function getItem(x: Tensor, key: Constant): Tensor {
  const keys = (Array.isArray(key) ? key : [key]) as Constant[];
  const used = keys.filter((item) => item !== null && !isEllipsis(item)).length;
  const full: Constant[] = Array<Constant>(x.rank - used).fill({start: null, stop: null, step: null});
  const at = keys.findIndex(isEllipsis);
  const all = at < 0 ? [...keys, ...full] : [...keys.slice(0, at), ...full, ...keys.slice(at + 1)];
  const begin: number[] = [];
  const end: number[] = [];
  const strides: number[] = [];
  const shape: number[] = [];
  for (const item of all) {
    if (item === null) {
      shape.push(1);
      continue;
    }
    const side = x.shape[begin.length];
    if (typeof item === 'number') {
      const index = item < 0 ? item + side : item;
      begin.push(index);
      end.push(index + 1);
      strides.push(1);
      continue;
    }
    const {start, stop, step} = item as unknown as Slice;
    const by = step ?? 1;
    // Backwards, the place before the first is an end too.
    const [lowest, highest] = by > 0 ? [0, side] : [-1, side - 1];
    const bound = (value: number | null, otherwise: number) =>
      value === null ? otherwise : Math.max(lowest, Math.min(highest, value < 0 ? value + side : value));
    const [from, to] = by > 0 ? [bound(start, 0), bound(stop, side)] : [bound(start, side - 1), bound(stop, -1)];
    begin.push(from);
    end.push(to < 0 ? -side - 1 : to);
    strides.push(by);
    shape.push(Math.max(0, Math.ceil((to - from) / by)));
  }
  return tf.reshape(tf.stridedSlice(x, begin, end, strides), shape);
}

/** Whether {@link getItem} takes a key: not lists and tensors of places, nor of truths. */
export function isKey(key: unknown): boolean {
  const keys = Array.isArray(key) ? key : [key];
  return keys.every((item) => item === null || typeof item === 'number' || isEllipsis(item) || isSlice(item));
}

function isSlice(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'start' in value && !('input' in value);
}

function isEllipsis(value: unknown): boolean {
  return value === '...';
}
