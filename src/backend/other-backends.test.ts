/** Tensors that another backend has: they move here, and back, on their first use. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {OutOfMemoryError} from 'mnist-wasm';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {memory, restart} from '../../test/running';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

describe('tensors of another backend', () => {
  it.for(['float32', 'int32', 'bool', 'string'] as const)('of dtype %s move here and back', async (dtype) => {
    await tf.setBackend('cpu');
    const values = dtype === 'string' ? ['a', 'b', 'c', 'd'] : [1, 0, 1, 1];
    const x = tf.tensor2d(values as number[], [2, 2], dtype);
    await tf.setBackend('mnist-wasm');
    const heapBytes = memory().heapBytes;
    const here = tf.slice(x, [0, 1], [2, 1]);
    expect([...here.dataSync<'string'>()]).toEqual([values[1], values[3]]);
    if (dtype !== 'string') expect(memory().heapBytes).toBeGreaterThan(heapBytes);
    await tf.setBackend('cpu');
    const back = tf.slice(here, [1, 0], [1, 1]);
    expect([...back.dataSync<'string'>()]).toEqual([values[3]]);
    await tf.setBackend('mnist-wasm');
    tf.dispose([x, here, back]);
    expect(memory().heapBytes).toBe(heapBytes);
  });

  it('share bytes after the move as before', async () => {
    await tf.setBackend('cpu');
    const x = tf.tensor1d([1, 2, 3, 4]);
    const square = tf.reshape(x, [2, 2]);
    await tf.setBackend('mnist-wasm');
    const y = tf.tidy(() => tf.add(x, tf.reshape(square, [4])));
    expect([...y.dataSync()]).toEqual([2, 4, 6, 8]);
    x.dispose();
    expect([...square.dataSync()]).toEqual([1, 2, 3, 4]);
    tf.dispose([square, y]);
  });
});

describe('a tensor of another backend for which there is no room', () => {
  afterEach(async () => {
    await restart();
  });

  it.for(['float32', 'complex64'] as const)('of dtype %s stays where it was', async (dtype) => {
    await restart({maxHeapBytes: 2 ** 22});
    await tf.setBackend('cpu');
    const part = tf.fill([dtype === 'complex64' ? 2 ** 19 : 2 ** 20], 3);
    const x = dtype === 'complex64' ? tf.tidy(() => tf.complex(part, part)) : tf.clone(part);
    const {numTensors} = tf.memory();
    await tf.setBackend('mnist-wasm');
    expect(() => tf.tidy(() => tf.real(tf.slice(tf.reshape(x, [-1]), 0, 1)))).toThrow(OutOfMemoryError);
    expect(memory().heapBytes).toBe(0);
    await tf.setBackend('cpu');
    expect(x.dataSync()[1]).toBe(3);
    expect(tf.memory().numTensors).toBe(numTensors);
    tf.dispose([x, part]);
    await tf.setBackend('mnist-wasm');
  });
});
