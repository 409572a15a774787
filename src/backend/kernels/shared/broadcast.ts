import {backend_util} from '@tensorflow/tfjs-core';

/**
 * How two operands are broadcast; see assembly/elementwise/operands.ts.
 *
 * A period is 0 for an operand with an element for each of the result's, p for one that repeats after p elements, -1
 * for any other. If a period is -1, params has the rank, the dimensions of the result and the strides of both operands.
 */
export interface Broadcast {
  shape: number[];
  periodA: number;
  periodB: number;
  params?: number[];
}

/**
 * Broadcasts two different shapes.
 *
 * @throws Error if they cannot be broadcast.
 */
export function broadcast(a: number[], b: number[]): Broadcast {
  // Shortcuts for scalars and biases, the most frequent cases in training.
  if (b.length === 0) return {shape: a, periodA: 0, periodB: 1};
  if (a.length === 0) return {shape: b, periodA: 1, periodB: 0};
  if (b.length === 1 && b[0] !== 1 && b[0] === a[a.length - 1]) return {shape: a, periodA: 0, periodB: b[0]};
  const shape = backend_util.assertAndGetBroadcastShape(a, b);
  // Neighbouring dimensions that are broadcast alike are merged.
  const sizes: number[] = [];
  const repeatsA: boolean[] = [];
  const repeatsB: boolean[] = [];
  for (let d = 0; d < shape.length; d++) {
    const size = shape[d];
    if (size === 1) continue;
    const repeatA = (a[d - shape.length + a.length] ?? 1) === 1;
    const repeatB = (b[d - shape.length + b.length] ?? 1) === 1;
    const last = sizes.length - 1;
    if (last >= 0 && repeatsA[last] === repeatA && repeatsB[last] === repeatB) {
      sizes[last] *= size;
    } else {
      sizes.push(size);
      repeatsA.push(repeatA);
      repeatsB.push(repeatB);
    }
  }
  const periodA = period(sizes, repeatsA);
  const periodB = period(sizes, repeatsB);
  if (periodA >= 0 && periodB >= 0) return {shape, periodA, periodB};
  const params = [sizes.length, ...sizes, ...strides(sizes, repeatsA), ...strides(sizes, repeatsB)];
  return {shape, periodA: periodA && -1, periodB: periodB && -1, params};
}

/** 0 if nothing repeats; the size of the last dimensions if all those before them repeat; else -1. */
function period(sizes: readonly number[], repeats: readonly boolean[]): number {
  const first = repeats.indexOf(false);
  if (first < 0) return sizes.length === 0 ? 0 : 1;
  if (repeats.includes(true, first)) return -1;
  if (first === 0) return 0;
  let size = 1;
  for (let d = first; d < sizes.length; d++) size *= sizes[d];
  return size;
}

/** Strides in elements; 0 for dimensions that repeat. */
function strides(sizes: readonly number[], repeats: readonly boolean[]): number[] {
  const result = new Array<number>(sizes.length);
  let stride = 1;
  for (let d = sizes.length - 1; d >= 0; d--) {
    result[d] = repeats[d] ? 0 : stride;
    if (!repeats[d]) stride *= sizes[d];
  }
  return result;
}
