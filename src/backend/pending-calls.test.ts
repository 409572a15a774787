/** Deferred convolutions and pool gradients: an epilogue is computed in the same pass. */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {OutOfMemoryError} from 'mnist-wasm';
import {beforeEach, describe, expect, it} from 'vitest';
import {expectAgreement} from '../../test/agreement';
import {difference} from '../../test/cases/compare';
import type {Output} from '../../test/cases/run';
import {makeValues} from '../../test/cases/values';
import {type ChainStep, chainsOf} from '../../test/chains';
import {backend, memory, restart} from '../../test/running';

const SHAPE: [number, number, number, number] = [2, 6, 4, 3];
const tensor = (shape: number[], seed: number) => tf.tensor(makeValues({shape}, seed) as Float32Array, shape);
const filter = () => tf.mul(tensor([3, 3, 3, 3], 7), 0.2) as tf.Tensor4D;
const convolve = (x: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, filter(), 1, 'same');
const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'same');
const poolGradient = (x: tf.Tensor, dy: tf.Tensor) => tf.grad(pool)(x, pool(dy));

async function restartDeferring(options?: Parameters<typeof restart>[0]): Promise<void> {
  await restart(options);
  backend().minDeferred = 1;
}

beforeEach(async () => {
  await restartDeferring();
  return () => restart();
});

/** On what was computed before, and on an input, where a step's sign is the same on any backend. */
const operations: ((a: tf.Tensor, b: tf.Tensor, input: tf.Tensor) => tf.Tensor)[] = [
  (a) => convolve(a),
  (a) => convolve(a),
  (a) => tf.add(a, tf.tensor1d([0.5, -1, 0.25])),
  (a) => tf.add(tf.tensor1d([-0.5, 1, 0]), a),
  (a) => tf.add(a, 0.5),
  (a) => tf.relu(a),
  (a) => tf.relu(tf.add(convolve(a), tf.tensor1d([0, 1, -1]))),
  (a) => tf.relu6(a),
  (a, b) => tf.add(a, b),
  (a, _, input) => poolGradient(input, a),
  (a, _, input) => tf.mul(poolGradient(input, a), tf.step(input)),
  (a, b, input) => tf.mul(poolGradient(input, a), tf.step(tf.sub(input, tf.mul(b, 0)))),
  (a, _, input) => tf.mul(poolGradient(input, a), tf.step(input, 0.5)),
  (a) => tf.sub(a, tf.mean(a, [0, 1, 2])),
  (a) => tf.transpose(tf.reshape(tf.transpose(a, [3, 0, 1, 2]), [3, 2, 6, 4]), [1, 2, 3, 0]),
];

describe('pending calls', () => {
  const steps = chainsOf(operations.length, 8);

  async function run(name: string, chain: readonly ChainStep[]): Promise<Output[]> {
    await tf.setBackend(name);
    const outputs: Output[] = [];
    const tensors = [0, 1, 2].map((seed) => tensor(SHAPE, seed));
    const inputs = tensors.map((t) => tf.clone(t));
    const read = (t: tf.Tensor) => outputs.push({shape: t.shape, dtype: t.dtype, values: t.dataSync()});
    for (const {operation, a, b, next} of chain) {
      const [first, second] = [tensors[a % tensors.length], tensors[b % tensors.length]];
      const y = tf.tidy(() => operations[operation](first, second, inputs[b % 3]));
      // The latest comes first more often than the others: chains are long then.
      tensors.unshift(y);
      if (next === 'read') read(y);
      if (next === 'dispose') tensors.splice(a % tensors.length, 1)[0].dispose();
    }
    tensors.forEach(read);
    tf.dispose([...tensors, ...inputs]);
    return outputs;
  }

  it('and what follows give what the CPU backend gives, and leave nothing behind', async () => {
    const before = memory().heapBytes;
    await fc.assert(
      fc.asyncProperty(steps, async (chain) => {
        const expected = await run('cpu', chain);
        const actual = await run('mnist-wasm', chain);
        expectAgreement(difference(expected, actual, {relative: 1e-4, of: 'output'}), 'the CPU backend');
        expect(memory().heapBytes).toBe(before);
      }),
      {seed: 1, numRuns: 400},
    );
  });

  it('of which only the epilogue is asked for are never stored', () => {
    const x = tensor(SHAPE, 0);
    const before = memory().heapBytes;
    const [sums, y] = tf.tidy(() => {
      const sums = convolve(x);
      return [sums, tf.relu(tf.add(sums, tf.tensor1d([1, 2, 3])))];
    });
    y.dataSync();
    const withRelu = memory().heapBytes - before;
    sums.dataSync();
    expect(memory().heapBytes - before).toBeGreaterThanOrEqual(withRelu + x.size * 4 - 1024);
    tf.dispose([x, sums, y]);
  });

  it.each([
    ['one image of one channel', [1, 9, 7, 1], [3, 3, 1, 5], 1],
    ['images side by side', [8, 9, 7, 2], [3, 3, 2, 6], 1],
    ['patches', [2, 9, 7, 3], [3, 3, 3, 6], 2],
    ['runs of pixels', [3, 7, 5, 17], [3, 3, 17, 9], 2],
    ['a plain product', [3, 5, 3, 7], [1, 1, 7, 9], 1],
    ['minimal filtering', [9, 7, 6, 17], [3, 3, 17, 18], 1],
    ['minimal filtering, whole vectors', [9, 7, 6, 16], [3, 3, 16, 20], 1],
  ] as const)('with a bias and a relu, %s: as on the CPU backend', async (_, x, w, stride) => {
    const result = async (name: string) => {
      await tf.setBackend(name);
      return tf.tidy(() => {
        const [input, filter, bias] = [tensor([...x], 0), tensor([...w], 1), tensor([w[3]], 2)];
        const y = tf.relu(tf.add(tf.conv2d(input as tf.Tensor4D, filter as tf.Tensor4D, stride, 'same'), bias));
        return [{shape: y.shape, dtype: y.dtype, values: y.dataSync()}];
      });
    };
    const expected = await result('cpu');
    expectAgreement(
      difference(expected, await result('mnist-wasm'), {relative: 2e-5, of: 'output'}),
      'the CPU backend',
    );
  });

  it('are computed alone where the step that they are multiplied by was read before', async () => {
    const result = async (name: string) => {
      await tf.setBackend(name);
      return tf.tidy(() => {
        const x = tensor(SHAPE, 0);
        const step = tf.step(x);
        const y = tf.mul(poolGradient(x, tensor(SHAPE, 1)), step);
        step.dataSync();
        return [{shape: y.shape, dtype: y.dtype, values: y.dataSync()}];
      });
    };
    expectAgreement(difference(await result('cpu'), await result('mnist-wasm'), {relative: 1e-6}), 'the CPU backend');
  });

  it('keep NaN where relu and its gradient do', async () => {
    const values = [...makeValues({shape: SHAPE}, 0)].map((v, i) => (i % 11 === 0 ? Number.NaN : Number(v)));
    const results = async (name: string) => {
      await tf.setBackend(name);
      return tf.tidy(() => {
        const x = tf.tensor4d(values, SHAPE);
        const activated = tf.relu(tf.add(tf.conv2d(x, filter(), 1, 'same'), tf.tensor1d([1, 2, 3])));
        const gradient = tf.mul(poolGradient(x, tf.ones(SHAPE)), tf.step(x));
        return [activated, gradient].map((t) => ({shape: t.shape, dtype: t.dtype, values: t.dataSync()}));
      });
    };
    const actual = await results('mnist-wasm');
    expectAgreement(difference(await results('cpu'), actual, {relative: 1e-5, of: 'output'}), 'the CPU backend');
  });

  it.each([
    ['convolutions', 100_000],
    ['convolutions with a bias and a relu', 20_000],
    ['gradients of pools with the step of a relu', 20_000],
    ['convolutions, pools and batch normalisations', 20_000],
    ['element-wise operations', 100_000],
  ] as const)('wait for one another to a bounded depth: %s', (kind, count) => {
    const quarters = tf.fill([1, 1, 4, 4], 0.25) as tf.Tensor4D;
    const zeros = tf.zeros([4]);
    const next = (x: tf.Tensor4D): tf.Tensor => {
      if (kind === 'convolutions') return tf.conv2d(x, quarters, 1, 'same');
      if (kind === 'element-wise operations') return tf.abs(tf.neg(x));
      if (kind.endsWith('normalisations')) {
        const y = tf.batchNorm(
          tf.conv2d(x, quarters, 1, 'same'),
          zeros as tf.Tensor1D,
          tf.onesLike(zeros) as tf.Tensor1D,
        );
        return tf.mul(tf.maxPool(y as tf.Tensor4D, 1, 1, 0), Math.sqrt(1.001));
      }
      if (kind.startsWith('gradients'))
        return tf.mul(tf.grad((t) => tf.maxPool(t as tf.Tensor4D, 1, 1, 0))(x, x), tf.step(x));
      return tf.relu(tf.add(tf.conv2d(x, quarters, 1, 'same'), zeros));
    };
    let x = tf.ones([1, 2, 3, 4]) as tf.Tensor4D;
    const before = memory().heapBytes;
    for (let i = 0; i < count; i++) {
      const y = tf.tidy(() => next(x)) as tf.Tensor4D;
      x.dispose();
      x = y;
      if (i % 1000 === 0) expect(memory().heapBytes - before).toBeLessThan(4096);
    }
    for (const value of x.dataSync()) expect(value).toBeCloseTo(1, 2);
    tf.dispose([x, quarters, zeros]);
  });

  it('are let go unread, however many wait for one another', () => {
    const quarters = tf.fill([1, 1, 4, 4], 0.25) as tf.Tensor4D;
    const before = memory().heapBytes;
    let x = tf.ones([1, 2, 3, 4]) as tf.Tensor4D;
    for (let i = 0; i < 20_000; i++) {
      const y = tf.tidy(() => tf.relu(tf.add(tf.conv2d(x, quarters, 1, 'same'), tf.ones([4])))) as tf.Tensor4D;
      x.dispose();
      x = y;
    }
    x.dispose();
    expect(memory().heapBytes).toBe(before);
    quarters.dispose();
  });

  it('stay as they are where memory is short, and are computed later', async () => {
    await restartDeferring({maxHeapBytes: 20 * 2 ** 20});
    const x = tf.ones([1, 512, 512, 4]) as tf.Tensor4D;
    x.dataSync();
    const y = tf.tidy(() => tf.relu(tf.add(tf.conv2d(x, tf.ones([1, 1, 4, 4]), 1, 'same'), tf.ones([4]))));
    const others = [0, 1, 2].map(() => tf.fill([2 ** 20], 1));
    for (const t of others) t.dataSync();
    expect(() => y.dataSync()).toThrow(OutOfMemoryError);
    tf.dispose(others);
    expect(y.dataSync()[7]).toBe(5);
    tf.dispose([x, y]);
  });
});
