/** What is deferred holds its operands, also those that were disposed: how much, and what becomes of it when memory is short. */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import {OutOfMemoryError} from 'mnist-wasm';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {memory, restart} from '../../test/running';

const MEBI = 2 ** 20;

beforeEach(() => restart());
afterEach(() => restart());

describe('memory()', () => {
  it('tells what is pending, and what is held for it', () => {
    const x = tf.ones([MEBI]);
    x.dataSync();
    const y = tf.neg(x);
    expect(memory()).toMatchObject({pendingBytes: 4 * MEBI, heldBytes: 0});
    x.dispose();
    expect(memory()).toMatchObject({pendingBytes: 4 * MEBI, heldBytes: 4 * MEBI});
    y.dataSync();
    expect(memory()).toMatchObject({pendingBytes: 0, heldBytes: 0});
    y.dispose();
    expect(memory().heapBytes).toBe(0);
  });

  it('counts nothing that was dropped unread', () => {
    const x = tf.ones([MEBI]);
    x.dataSync();
    const y = tf.tidy(() => tf.abs(tf.neg(x)));
    x.dispose();
    y.dispose();
    expect(memory()).toMatchObject({pendingBytes: 0, heldBytes: 0, heapBytes: 0});
  });
});

describe('disposed tensors that deferred work holds', () => {
  it('do not add up: a running sum of a thousand terms', async () => {
    await restart({maxHeapBytes: 40 * MEBI});
    let sum: tf.Tensor = tf.zeros([MEBI]);
    for (let i = 0; i < 1000; i++) {
      const term = tf.tidy(() => {
        const one = tf.ones([MEBI]);
        one.dataSync();
        return one;
      });
      const next = tf.add(sum, term);
      term.dispose();
      sum.dispose();
      sum = next;
    }
    expect(sum.dataSync()[MEBI - 1]).toBe(1000);
    expect(memory().heapPeakBytes).toBeLessThanOrEqual((3 * 4 + 2 * 16) * MEBI);
    sum.dispose();
  });

  it('are no more than a quarter of what is in use: averaged weights, gradients that are added up', () => {
    const terms = 40;
    let sums = [1, 2].map(() => tf.zeros([MEBI]) as tf.Tensor);
    for (let i = 0; i < terms; i++) {
      const next = sums.map((sum) =>
        tf.tidy(() => {
          const gradient = tf.fill([MEBI], i);
          gradient.dataSync();
          return tf.add(tf.mul(sum, 0.5), tf.mul(gradient, 0.5));
        }),
      );
      tf.dispose(sums);
      sums = next;
      const {heldBytes, pendingBytes, heapBytes} = memory();
      expect(heldBytes - pendingBytes).toBeLessThanOrEqual(Math.max(24 * MEBI, heapBytes / 2));
    }
    expect(sums[0].dataSync()[5]).toBeCloseTo(38, 3);
    tf.dispose(sums);
  });

  it('are let go where results are far smaller: convolutions to one channel that nobody reads', () => {
    const filter = tf.ones<tf.Rank.R4>([1, 1, 16, 1]);
    const results = Array.from({length: 64}, (_, i) => {
      const x = tf.fill([1, 256, 256, 16], i + 1) as tf.Tensor4D;
      x.dataSync();
      const y = tf.conv2d(x, filter, 1, 'valid');
      x.dispose();
      return y;
    });
    expect(memory().heapBytes).toBeLessThan(64 * MEBI);
    expect(results.map((y) => y.dataSync()[7])).toEqual(Array.from({length: 64}, (_, i) => 16 * (i + 1)));
    tf.dispose([filter, ...results]);
  });
});

describe('where memory is short', () => {
  it('what is pending is computed, if that frees some', async () => {
    await restart({maxHeapBytes: 20 * MEBI});
    const [a, b] = [tf.fill([MEBI], 1), tf.fill([MEBI], 2)];
    for (const t of [a, b]) t.dataSync();
    const sum = tf.add(a, b);
    tf.dispose([a, b]);
    expect(memory().heldBytes).toBe(8 * MEBI);
    const others = [0, 1, 2].map((i) => {
      const t = tf.fill([MEBI], i);
      t.dataSync();
      return t;
    });
    expect(memory().heldBytes).toBe(0);
    expect(sum.dataSync()[9]).toBe(3);
    expect(() => tf.tidy(() => tf.fill([4 * MEBI], 1).dataSync())).toThrow(OutOfMemoryError);
    tf.dispose([sum, ...others]);
  });

  it('an evaluation that has no room is repeated after others were computed', async () => {
    await restart({maxHeapBytes: 22 * MEBI});
    const [a, b, x] = [1, 2, 3].map((value) => {
      const t = tf.fill([MEBI], value);
      t.dataSync();
      return t;
    });
    const last = tf.tidy(() => tf.tanh(tf.neg(x)));
    const sum = tf.add(a, b);
    tf.dispose([a, b]);
    const full = tf.fill([MEBI], 4);
    full.dataSync();
    expect(last.dataSync()[3]).toBeCloseTo(Math.tanh(-3), 6);
    expect(sum.dataSync()[3]).toBe(3);
    tf.dispose([x, last, sum, full]);
  });
});

describe('a convolution that several biased sums read', () => {
  it('runs once', () => {
    const calls = countConvolutions();
    const [x, filter] = [tf.ones<tf.Rank.R4>([1, 32, 32, 4]), tf.ones<tf.Rank.R4>([3, 3, 4, 8])];
    const sums = tf.tidy(() => {
      const y = tf.conv2d(x, filter, 1, 'same');
      return Array.from({length: 10}, (_, i) => tf.add(y, tf.fill([8], i)));
    });
    expect(sums.map((sum) => sum.dataSync()[0])).toEqual(Array.from({length: 10}, (_, i) => 16 + i));
    expect(calls()).toBe(1);
    tf.dispose([x, filter, ...sums]);
  });

  it('runs twice at most where each is read before the next is made', () => {
    const calls = countConvolutions();
    const [x, filter] = [tf.ones<tf.Rank.R4>([1, 32, 32, 4]), tf.ones<tf.Rank.R4>([3, 3, 4, 8])];
    const y = tf.conv2d(x, filter, 1, 'same');
    for (let i = 0; i < 10; i++) {
      const sum = tf.tidy(() => tf.relu(tf.add(y, tf.fill([8], i))));
      expect(sum.dataSync()[0]).toBe(16 + i);
      sum.dispose();
    }
    expect(calls()).toBe(2);
    tf.dispose([x, filter, y]);
  });
});

/** Counts evaluations of pending convolutions. */
function countConvolutions(): () => number {
  let calls = 0;
  (tf.backend() as unknown as {runEvaluation: unknown}).runEvaluation = (run: () => void, kernelName?: string) => {
    if (kernelName === 'Conv2D') calls++;
    run();
  };
  return () => calls;
}

describe('time() and profile()', () => {
  it('count what is deferred where it is asked for', async () => {
    const [x, filter] = [tf.ones<tf.Rank.R4>([8, 64, 64, 16]), tf.ones<tf.Rank.R4>([5, 5, 16, 32])];
    const kept: tf.Tensor[] = [];
    const {kernelMs} = await tf.time(() => {
      kept.push(tf.conv2d(x, filter, 2, 'same'));
    });
    // 0.2 billion multiplications and additions; deferring them takes some 0.1 ms.
    expect(kernelMs as number).toBeGreaterThan(1);
    expect(memory().pendingBytes).toBe(0);
    const profile = await tf.profile(() => tf.tidy(() => tf.tanh(tf.neg(x))));
    expect(profile.kernels.map(({name}) => name)).toEqual(['Neg', 'Tanh']);
    for (const {kernelTimeMs} of profile.kernels) expect((await kernelTimeMs) as number).toBeGreaterThan(0);
    tf.dispose([x, filter, ...kept, profile.result as tf.Tensor]);
  });

  it('do not count what was deferred before', async () => {
    const x = tf.ones([16 * MEBI]);
    const before = tf.tidy(() => tf.tanh(tf.exp(tf.neg(x))));
    const {kernelMs} = await tf.time(() => undefined);
    expect(kernelMs as number).toBeLessThan(1);
    tf.dispose([x, before]);
  });
});
