import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {OutOfMemoryError, register} from 'mnist-wasm';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import type {MnistWasmBackend} from '../src/internal';
import {expectSame} from './agreement';
import {allCases} from './cases';
import {reference, runPair} from './parity/pair';

const GIB = 2 ** 30;
let backend: MnistWasmBackend;

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
  backend = tf.backend() as MnistWasmBackend;
});

/**
 * Addresses past 2 GiB are negative as signed 32-bit numbers. A block of 2.5 GiB that is never written costs address
 * space and no memory, and pushes everything that is allocated after it there.
 */
describe('past 2 GiB', () => {
  const bytes = 2.5 * GIB;
  let block = 0;

  beforeAll(async () => {
    await tf.setBackend('mnist-wasm');
    backend = tf.backend() as MnistWasmBackend;
    block = backend.heap.allocate(bytes);
  });

  afterAll(() => {
    backend.heap.release(block, bytes);
    expect(backend.memory().heapBytes).toBe(0);
  });

  it('tensors are where they should be', () => {
    const x = tf.ones([1000]);
    expect(backend.tensors.offset(x)).toBeGreaterThanOrEqual(bytes);
    expect(backend.tensors.offset(x)).toBeLessThan(4 * GIB);
    x.dispose();
  });

  it('a tensor larger than that is read and written at its end', () => {
    const length = (bytes - 4096) / 4;
    backend.heap.release(block, bytes);
    const info = backend.tensors.allocate([length], 'float32');
    const x = tf.engine().makeTensorFromTensorInfo(info);
    backend.tensors.view(x).set([1, 2, 3, 4], length - 4);
    const end = tf.tidy(() => tf.slice(x, [length - 3], [3]).arraySync());
    expect(end).toEqual([2, 3, 4]);
    x.dispose();
    block = backend.heap.allocate(bytes);
  });

  // The parity test tells what is wrong with a case; this only whether it is right here too.
  const kernels = [...new Set(allCases.map(({kernel}) => kernel))].sort();
  it.for(kernels)('%s gives the same', async (kernel) => {
    const cases = allCases.filter((c) => c.kernel === kernel && c.test !== false && !c.throws);
    for (const c of cases) {
      const against = reference();
      expectSame(await runPair(c, {backend: 'mnist-wasm', against}), `tfjs-backend-${against} in ${c.name}`);
    }
  });
});

describe('past 4 GiB', () => {
  it('is an error that leaves every tensor usable', async () => {
    const x = tf.range(0, 1000);
    const {heapBytes} = backend.memory();
    const block = backend.heap.allocate(2.5 * GIB);
    expect(() => backend.heap.allocate(2 * GIB)).toThrow(OutOfMemoryError);
    expect(() => backend.tensors.allocate([GIB], 'float32')).toThrow(/out of memory: 4294967296 bytes were asked for/);
    const y = tf.tidy(() => tf.add(x, x));
    expect(y.dataSync()).toEqual(Float32Array.from({length: 1000}, (_, i) => 2 * i));
    y.dispose();
    backend.heap.release(block, 2.5 * GIB);
    expect(backend.memory().heapBytes).toBe(heapBytes);
    x.dispose();
  });

  it('the memory is let go of with the backend', async () => {
    expect(backend.memory().heapCapacity).toBeGreaterThan(2.5 * GIB);
    tf.removeBackend('mnist-wasm');
    register();
    await tf.setBackend('mnist-wasm');
    expect((tf.backend() as MnistWasmBackend).memory().heapCapacity).toBeLessThan(2 ** 20);
  });
});
