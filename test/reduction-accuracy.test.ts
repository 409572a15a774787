/**
 * How far sums and means of many elements are off, at most: the bound that assembly/reduce/sum.ts and
 * assembly/elementwise/evaluate_sums.ts state, with and without a chain of deferred operations before them.
 */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {restart} from './running';

/** Of the sum of magnitudes. */
const BOUND = 1e-6;
const SIZE = 2 ** 26;

beforeAll(async () => {
  await tf.setBackend('mnist-wasm');
});

// The heap has grown to half a gigabyte.
afterAll(() => restart());

/** Of one value, whose rounding errors all have the same sign, and of values of both signs and many magnitudes. */
const fills: [string, (i: number) => number][] = [
  ['0.1', () => 0.1],
  ['both signs', (i) => ((i * 2654435761) % 65536) / 65536 - 0.25],
  ['one large among small ones', (i) => (i === 12345 ? 1e6 : 1e-3)],
];

const reductions: [string, (x: tf.Tensor) => tf.Tensor, (sum: number, n: number) => number][] = [
  ['sum', (x) => tf.sum(x), (sum) => sum],
  ['mean', (x) => tf.mean(x), (sum, n) => sum / n],
  ['sum over a chain', (x) => tf.sum(tf.neg(tf.neg(x))), (sum) => sum],
  ['mean over a chain', (x) => tf.mean(tf.mul(tf.neg(x), -1)), (sum, n) => sum / n],
  ['sum of columns over a chain', (x) => tf.sum(tf.neg(tf.neg(tf.reshape(x, [-1, 1]))), 0), (sum) => sum],
];

describe.each(fills)('2^26 elements: %s', (_, fill) => {
  const values = Float32Array.from({length: SIZE}, (_value, i) => fill(i));
  const total = values.reduce((sum, value) => sum + value, 0);
  const magnitude = values.reduce((sum, value) => sum + Math.abs(value), 0);

  it.each(reductions)('%s', (_name, reduce, of) => {
    const result = tf.tidy(() => reduce(tf.tensor1d(values)).dataSync()[0]);
    expect(Math.abs(result - of(total, SIZE))).toBeLessThanOrEqual(BOUND * of(magnitude, SIZE));
  });
});

describe('columns', () => {
  it.each([1, 3, 16, 100, 512])('%d of them, over a chain', (columns) => {
    const rows = Math.floor(2 ** 22 / columns);
    const [sums, means] = tf.tidy(() => {
      const x = tf.fill([rows, columns], 0.1);
      x.dataSync();
      return [tf.sum(tf.abs(x), 0).dataSync(), tf.mean(tf.abs(x), 0).dataSync()];
    });
    const tenth = Math.fround(0.1);
    for (const sum of sums) expect(Math.abs(sum / (tenth * rows) - 1)).toBeLessThanOrEqual(BOUND);
    for (const mean of means) expect(Math.abs(mean / tenth - 1)).toBeLessThanOrEqual(BOUND);
  });
});

describe('what is not finite, or not in float32', () => {
  const large = 3e38;

  it.each([
    ['an infinity', [1, Number.POSITIVE_INFINITY, 2], Number.POSITIVE_INFINITY],
    ['infinities of both signs', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], Number.NaN],
    ['NaN', [1, Number.NaN], Number.NaN],
    ['terms that cancel', [large, large, -large, -large], 0],
    ['a sum past float32', [large, large], Number.POSITIVE_INFINITY],
  ])('%s, over a chain as without one', (_, terms, expected) => {
    const result = tf.tidy(() => {
      const x = tf.concat([tf.tensor1d(terms), tf.zeros([8192 - terms.length])]);
      return [tf.sum(x).dataSync()[0], tf.sum(tf.neg(tf.neg(x))).dataSync()[0]];
    });
    expect(result).toEqual([expected, expected]);
  });
});
