/**
 * Element-wise operations that are put off until somebody asks. By default only large tensors are; here all of them are,
 * so that the case table's odd shapes and special values run through the evaluation too.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {OutOfMemoryError} from 'mnist-wasm';
import {beforeEach, describe, expect, it} from 'vitest';
import {expectAgreement, expectSame} from '../../test/agreement';
import {families} from '../../test/cases';
import {difference} from '../../test/cases/compare';
import type {Output} from '../../test/cases/run';
import {makeValues} from '../../test/cases/values';
import {type ChainStep, chainsOf} from '../../test/chains';
import {reference, runPair} from '../../test/parity/pair';
import {backend, memory, restart} from '../../test/running';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
  backend().minDeferred = 1;
  // Others run on the same backend.
  return () => restart();
});

describe('one operation at a time', () => {
  const cases = [...families.binary, ...families.elementwise, ...families.typing].filter((c) => c.test !== false);

  it.for([...new Set(cases.map(({kernel}) => kernel))])('%s is what it is on another backend', async (kernel) => {
    for (const kernelCase of cases.filter((c) => c.kernel === kernel && !c.throws)) {
      const against = reference();
      expectSame(await runPair(kernelCase, {backend: 'mnist-wasm', against}), `${against}: ${kernelCase.name}`);
    }
  });
});

/** Operations on what was computed before, whose numbers stay small. */
const operations: ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[] = [
  (a, b) => tf.add(a, b),
  (a, b) => tf.sub(a, b),
  (a, b) => tf.mul(tf.tanh(a), b),
  (a, b) => tf.maximum(a, b),
  (a) => tf.relu(a),
  (a) => tf.sqrt(tf.abs(a)),
  (a) => tf.step(a, 0.5),
  (a) => tf.neg(a),
  (a, b) => tf.div(a, tf.add(tf.square(b), 1)),
  (a) => tf.mul(tf.mean(a, 0, true), a),
  (a) => tf.sub(a, tf.sum(tf.mul(a, 0.01))),
  (a, b) => tf.add(a, tf.slice(b, [0, 0], [1, -1])),
  (a) => tf.sigmoid(tf.clone(a)),
];

describe('chains', () => {
  const steps = chainsOf(operations.length, 40);
  const shapes = fc.tuple(fc.integer({min: 1, max: 9}), fc.integer({min: 1, max: 40}));

  async function run(name: string, shape: [number, number], chain: readonly ChainStep[]) {
    await tf.setBackend(name);
    const outputs: Output[] = [];
    const tensors = [0, 1, 2].map((i) => tf.tensor(makeValues({shape}, i) as Float32Array, shape));
    const read = (t: tf.Tensor) => outputs.push({shape: t.shape, dtype: t.dtype, values: t.dataSync()});
    for (const {operation, a, b, next} of chain) {
      const y = tf.tidy(() => operations[operation](tensors[a % tensors.length], tensors[b % tensors.length]));
      tensors.push(y);
      if (next === 'read') read(y);
      if (next === 'dispose' && tensors.length > 3) tensors.splice(a % tensors.length, 1)[0].dispose();
    }
    tensors.forEach(read);
    tf.dispose(tensors);
    return outputs;
  }

  it('of any operations give what the CPU backend gives, and leave nothing behind', async () => {
    const before = memory().heapBytes;
    await fc.assert(
      fc.asyncProperty(shapes, steps, async (shape, chain) => {
        const expected = await run('cpu', shape, chain);
        const actual = await run('mnist-wasm', shape, chain);
        expectAgreement(difference(expected, actual, {relative: 1e-4, absolute: 1e-4}), 'the CPU backend');
        expect(memory().heapBytes).toBe(before);
      }),
      {seed: 1, numRuns: 300},
    );
  });

  it('take no memory for what nobody holds, and write over what nobody reads again', () => {
    const x = tf.ones([4096]);
    const before = memory().heapBytes;
    const y = tf.tidy(() => tf.relu(tf.mul(tf.add(tf.square(x), 1), tf.sqrt(x))));
    expect(memory().heapBytes - before).toBeLessThan(512);
    expect(y.dataSync()[7]).toBe(2);
    const z = tf.tidy(() => tf.add(y, x));
    y.dispose();
    const between = memory().heapBytes;
    expect(z.dataSync()[7]).toBe(3);
    expect(memory().heapBytes).toBeLessThanOrEqual(between);
    expect(x.dataSync()[7]).toBe(1);
    tf.dispose([x, z]);
  });

  it('that nobody reads are computed now and then, so that they do not grow without end', () => {
    let mean = tf.tensor1d([1, 2, 3]);
    const before = memory().heapBytes;
    for (let i = 0; i < 1000; i++) {
      const next = tf.tidy(() => tf.add(tf.mul(mean, 0.5), 1) as tf.Tensor1D);
      mean.dispose();
      mean = next;
    }
    expect(memory().heapBytes - before).toBeLessThan(100 * 64);
    expect([...mean.dataSync()]).toEqual([2, 2, 2]);
    mean.dispose();
  });

  it('give the same bits whether they are read in between or not', () => {
    const x = tf.tensor1d(makeValues({shape: [1000]}, 0) as Float32Array);
    const chain = (look: (t: tf.Tensor) => void) =>
      tf.tidy(() => {
        const a = tf.mul(tf.tanh(x), 3);
        look(a);
        const b = tf.div(a, tf.add(tf.square(a), 1));
        look(b);
        return tf.sub(b, a).dataSync<'float32'>();
      });
    expect(chain((t) => t.dataSync())).toEqual(chain(() => {}));
    x.dispose();
  });

  it('stay as they are where memory is short, and are computed later', async () => {
    await restart({maxHeapBytes: 18 * 2 ** 20});
    const x = tf.ones([2 ** 20]);
    const y = tf.tidy(() => tf.relu(tf.add(x, x)));
    const others = [0, 1].map(() => tf.fill([2 ** 20], 1));
    for (const t of [...others, y]) t.dataSync();
    const z = tf.tidy(() => tf.add(x, 1));
    expect(() => z.dataSync()).toThrow(OutOfMemoryError);
    tf.dispose(others);
    expect(z.dataSync()[5]).toBe(2);
    expect([x.dataSync()[5], y.dataSync()[5]]).toEqual([1, 2]);
    tf.dispose([x, y, z]);
  });
});
