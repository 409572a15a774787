/** What tfjs-core composes of Fourier transforms, on inputs of several ranks, beside the CPU backend and the definition. */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {fourier} from '../../../test/cases/complex-definitions';
import {makeValues} from '../../../test/cases/values';

beforeAll(async () => {
  await tf.setBackend('mnist-wasm');
});

const values = (shape: readonly number[], position = 0) => makeValues({shape}, position) as Float32Array;

async function onBackend(name: string, compute: () => tf.Tensor) {
  await tf.setBackend(name);
  const before = tf.memory().numDataBuffers;
  const y = tf.tidy(compute);
  const found = {shape: y.shape, dtype: y.dtype, values: y.dataSync<'float32'>()};
  y.dispose();
  expect(tf.memory().numDataBuffers).toBe(before);
  return found;
}

async function expectAsOnCpu(compute: () => tf.Tensor) {
  const expected = await onBackend('cpu', compute);
  const actual = await onBackend('mnist-wasm', compute);
  expect({...actual, values: undefined}).toEqual({...expected, values: undefined});
  expectClose(actual.values, expected.values);
}

/** Within 2e-6 of the largest: the CPU backend rounds its own. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  const scale = Math.max(...Array.from(expected, Math.abs), Number.MIN_VALUE);
  expect(actual.length).toBe(expected.length);
  const off = Array.from(expected, (value, i) => Math.abs(value - actual[i]) / scale);
  for (const [i, error] of off.entries()) expect(error, `value ${i}`).toBeLessThan(2e-6);
}

const shapes = [[8], [7], [12], [1], [2], [3, 8], [3, 9], [2, 3, 16], [2, 3, 10], [2, 1, 3, 8], [2, 2, 2, 11]];

describe('real transforms', () => {
  it.for(shapes)('rfft of [%s]', async (shape) => {
    const compute = (length?: number) => () => tf.spectral.rfft(tf.tensor(values(shape), shape), length);
    await expectAsOnCpu(compute());
    const n = shape[shape.length - 1];
    await expectAsOnCpu(compute(n + 3));
    if (n > 2) await expectAsOnCpu(compute(n - 1));
  });

  it.for(shapes)('irfft of [%s]', async (shape) => {
    await expectAsOnCpu(() =>
      tf.spectral.irfft(tf.complex(tf.tensor(values(shape, 1), shape), tf.tensor(values(shape, 2), shape))),
    );
  });

  it('rfft is half of the transform by its definition', async () => {
    for (const n of [64, 60, 61]) {
      const x = values([n], 3);
      const [re, im] = fourier(x, new Float64Array(n), -1);
      const half = Math.floor(n / 2) + 1;
      const found = await onBackend('mnist-wasm', () => tf.spectral.rfft(tf.tensor1d(x)));
      expectClose(
        found.values,
        Array.from({length: 2 * half}, (_, i) => (i % 2 ? im : re)[i >> 1]),
      );
    }
  });

  it('irfft undoes rfft', async () => {
    const x = values([2, 3, 50], 4);
    const found = await onBackend('mnist-wasm', () => tf.spectral.irfft(tf.spectral.rfft(tf.tensor3d(x, [2, 3, 50]))));
    expectClose(found.values, x);
  });
});

describe('short-time transforms', () => {
  it.for([
    [100, 16, 8, undefined],
    [100, 20, 7, 30],
    [64, 64, 1, 64],
    [90, 23, 11, 23],
  ] as const)('stft of %i samples in frames of %i every %i', async ([n, length, step, size]) => {
    await expectAsOnCpu(() => tf.signal.stft(tf.tensor1d(values([n], 5)), length, step, size));
  });
});

describe('complex numbers', () => {
  it.for<[string, (x: tf.Tensor) => tf.Tensor, (re: number, im: number) => [number, number]]>([
    ['neg', (x) => tf.neg(x), (re, im) => [-re, -im]],
    ['times a real number', (x) => tf.mul(x, 2), (re, im) => [2 * re, 2 * im]],
    ['divided by themselves', (x) => tf.div(x, x), () => [1, 0]],
    ['minus a real number', (x) => tf.sub(x, 1), (re, im) => [re - 1, im]],
  ])('%s', async ([, operation, definition]) => {
    const [re, im] = [values([2, 5], 6), values([2, 5], 7)];
    const found = await onBackend('mnist-wasm', () =>
      operation(tf.complex(tf.tensor2d(re, [2, 5]), tf.tensor2d(im, [2, 5]))),
    );
    expect(found.dtype).toBe('complex64');
    expectClose(found.values, Array.from(re, (value, i) => definition(value, im[i])).flat());
  });
});
