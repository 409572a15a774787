/** Complex tensors under a shape that their parts were not made with: Reshape gives the same data id another shape. */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';

const complex = () => tf.complex([1, 2, 3, 4, 5, 6], [-1, 0, 1, 2, 3, 4]);
const operations: [string, (x: tf.Tensor) => tf.Tensor][] = [
  ['real', tf.real],
  ['imag', tf.imag],
  ['abs', tf.abs],
  ['cast to float32', (x) => tf.cast(x, 'float32')],
  ['cast to int32', (x) => tf.cast(x, 'int32')],
  ['cast to bool', (x) => tf.cast(x, 'bool')],
  ['clone', (x) => tf.clone(x)],
  ['expandDims', (x) => tf.expandDims(x, 1)],
  ['transpose', (x) => tf.transpose(x)],
  ['concat', (x) => tf.concat([x, x], 1)],
  ['stack', (x) => tf.stack([x, x])],
  ['add', (x) => tf.add(x, tf.complex([10], [1]))],
  ['mul', (x) => tf.mul(x, x)],
  ['zerosLike', (x) => tf.zerosLike(x)],
  ['fft', (x) => tf.spectral.fft(x)],
  ['ifft', (x) => tf.spectral.ifft(x)],
];

async function read(t: tf.Tensor) {
  return {shape: t.shape, dtype: t.dtype, values: [...(await t.data())]};
}

async function onBackend(name: string, compute: () => tf.Tensor) {
  await tf.setBackend(name);
  const result = tf.tidy(compute);
  const found = await read(result);
  result.dispose();
  return found;
}

beforeAll(async () => {
  await tf.setBackend('mnist-wasm');
});

describe('a complex tensor that was reshaped', () => {
  it.for(operations)('%s', async ([, operation]) => {
    const compute = () => operation(tf.reshape(complex(), [2, 3]));
    const expected = await onBackend('cpu', compute);
    const actual = await onBackend('mnist-wasm', compute);
    expect({...actual, values: undefined}).toEqual({...expected, values: undefined});
    for (const [i, value] of actual.values.entries()) expect(value).toBeCloseTo(expected.values[i] as number, 4);
  });

  it('has parts of its shape: rfft of rank 4', () => {
    tf.tidy(() => {
      const found = tf.spectral.rfft(tf.ones([1, 2, 3, 8]));
      expect([tf.real(found).shape, tf.imag(found).shape, tf.abs(found).shape]).toEqual(Array(3).fill([1, 2, 3, 5]));
    });
  });

  it('stays as it was', () => {
    tf.tidy(() => {
      const x = complex();
      const y = tf.reshape(x, [3, 2]);
      expect([tf.real(x).shape, tf.real(y).shape, tf.real(x).shape]).toEqual([[6], [3, 2], [6]]);
      x.dispose();
      expect([...tf.imag(y).dataSync()]).toEqual([-1, 0, 1, 2, 3, 4]);
    });
  });
});
