import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {OutOfMemoryError} from 'mnist-wasm';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {expectSame} from './agreement';
import {allCases} from './cases';
import {reference, runPair} from './parity/pair';
import {backend, memory, restart} from './running';

const GIB = 2 ** 30;

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
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
    block = backend().heap.allocate(bytes);
  });

  afterAll(async () => {
    // A pair of calls ends on the other backend.
    await tf.setBackend('mnist-wasm');
    backend().heap.release(block, bytes);
    expect(memory().heapBytes).toBe(0);
  });

  it('tensors are where they should be', () => {
    const x = tf.ones([1000]);
    expect(backend().tensors.offset(x)).toBeGreaterThanOrEqual(bytes);
    expect(backend().tensors.offset(x)).toBeLessThan(4 * GIB);
    x.dispose();
  });

  it('a tensor larger than that is read and written at its end', () => {
    const length = (bytes - 4096) / 4;
    backend().heap.release(block, bytes);
    const info = backend().tensors.allocate([length], 'float32');
    const x = tf.engine().makeTensorFromTensorInfo(info);
    backend()
      .tensors.view(x)
      .set([1, 2, 3, 4], length - 4);
    const end = tf.tidy(() => tf.slice(x, [length - 3], [3]).arraySync());
    expect(end).toEqual([2, 3, 4]);
    x.dispose();
    block = backend().heap.allocate(bytes);
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

describe('a large image', () => {
  it('is convolved without a second copy of it, to the same bits', async () => {
    await restart({maxHeapBytes: 480 * 2 ** 20});
    const filter = tf.tidy(() => tf.div(tf.reshape(tf.range(0, 54), [3, 3, 3, 2]), 54)) as tf.Tensor4D;
    // 288 MB, and 96 times 2 of the result.
    const x = tf.tidy(() => {
      const row = tf.reshape(tf.range(0, 15_000), [1, 1, 5000, 3]);
      return tf.add(tf.mul(row, 1e-4), tf.reshape(tf.range(0, 4800), [1, 4800, 1, 1])) as tf.Tensor4D;
    });
    const y = tf.conv2d(x, filter, 2, 'same');
    const values = tf.tidy(() => tf.slice(y, [0, 1390, 0, 0], [1, 40, 2500, 2]).dataSync());
    const part = tf.tidy(() => {
      const rows = tf.slice(x, [0, 2780, 0, 0], [1, 82, 5000, 3]);
      return tf
        .slice(
          tf.conv2d(rows, filter, 2, [
            [0, 0],
            [0, 0],
            [0, 1],
            [0, 0],
          ]),
          [0, 0, 0, 0],
          [1, 40, 2500, 2],
        )
        .dataSync();
    });
    expect(values).toEqual(part);
    const last = tf.tidy(() => tf.slice(y, [0, 2399, 2499, 0]).dataSync());
    expect(last.every(Number.isFinite)).toBe(true);
    tf.dispose([x, y, filter]);
    await restart();
  });
});

describe('past 4 GiB', () => {
  it('is an error that leaves every tensor usable', async () => {
    const x = tf.range(0, 1000);
    const {heapBytes} = memory();
    const block = backend().heap.allocate(2.5 * GIB);
    expect(() => backend().heap.allocate(2 * GIB)).toThrow(OutOfMemoryError);
    expect(() => backend().tensors.allocate([GIB], 'float32')).toThrow(
      /out of memory: 4294967296 bytes were asked for/,
    );
    const y = tf.tidy(() => tf.add(x, x));
    expect(y.dataSync()).toEqual(Float32Array.from({length: 1000}, (_, i) => 2 * i));
    y.dispose();
    backend().heap.release(block, 2.5 * GIB);
    expect(memory().heapBytes).toBe(heapBytes);
    x.dispose();
  });

  it.each([
    ['tile', (x: tf.Tensor1D) => tf.tile(x, [3]), 3],
    ['pad', (x: tf.Tensor1D) => tf.pad(x, [[1000, 2000]]), 1],
    ['mirrorPad', (x: tf.Tensor1D) => tf.mirrorPad(x, [[1000, 2000]], 'reflect'), 1],
    ['concat', (x: tf.Tensor1D) => tf.concat([x, x]), 2],
    ['reverse', (x: tf.Tensor1D) => tf.reverse(x), 1],
    ['fill', (x: tf.Tensor1D) => tf.fill(x.shape, 3), 1],
    ['broadcast', (x: tf.Tensor1D) => tf.maximum(x, tf.ones([2, 1])), 2],
    ['gather', (x: tf.Tensor1D) => tf.gather(x, tf.range(0, x.size, 1, 'int32')), 1],
    ['cast', (x: tf.Tensor1D) => tf.cast(x, 'int32'), 1],
    ['max', (x: tf.Tensor1D) => tf.max(tf.reshape(x, [2, -1]), 0), 0.5],
  ] as const)(
    'a result that ends where addresses do: %s',
    (_, run, times) => {
      const x = tf.range(0, 2 ** 20);
      const expected = tf.tidy(() => run(x).dataSync());
      // What is left behind it is less than a repetition: past it, addresses begin at 0 again.
      const bytes = 4 * 2 ** 20 * times;
      const top = backend().heap.allocate(64);
      backend().heap.release(top, 64);
      const room = Math.floor((4 * GIB - 256 - top) / 64) * 64;
      const blocks = fillHeap(room - bytes - 2 ** 16);
      const actual = tf.tidy(() => run(x).dataSync());
      for (const [offset, size] of blocks) backend().heap.release(offset, size);
      expect(actual).toEqual(expected);
      x.dispose();
      // Growing to 4 GiB takes the system 16 s, and three times as long where other work runs.
    },
    120_000,
  );

  /** Blocks that are never written, of nearly so many bytes. */
  function fillHeap(bytes: number): [number, number][] {
    const blocks: [number, number][] = [];
    for (let size = 2 ** 31; size >= 2 ** 12; size /= 2) {
      while (size <= bytes) {
        try {
          blocks.push([backend().heap.allocate(size), size]);
        } catch {
          break;
        }
        bytes -= size;
      }
    }
    return blocks;
  }

  it('the memory is let go of with the backend', async () => {
    expect(memory().heapCapacity).toBeGreaterThan(2.5 * GIB);
    await restart();
    expect(memory().heapCapacity).toBeLessThan(2 ** 20);
  });
});
