/** The memory of the heap: what is told of it, its limit, what a failure gives back, and an empty one at each start. */
import * as tf from '@tensorflow/tfjs-core';
import {OutOfMemoryError, register} from 'mnist-wasm';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {backend, memory, restart} from '../../test/running';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

describe('memory()', () => {
  it('tells the bytes of the heap, their peak, and the capacity', () => {
    const before = memory();
    const x = tf.zeros([1000]);
    expect(memory().heapBytes - before.heapBytes).toBe(4096);
    const scratch = 2 ** 22;
    backend().tensors.withScratch(scratch, () => undefined);
    expect(memory().heapPeakBytes).toBeGreaterThanOrEqual(memory().heapBytes + scratch);
    expect(memory().heapCapacity).toBeGreaterThan(scratch);
    expect(memory().unreliable).toBe(false);
    x.dispose();
    expect(memory().heapBytes).toBe(before.heapBytes);
  });

  it('counts scratch back where its user throws', () => {
    const {heapBytes} = memory();
    const fail = () => {
      throw new Error('on purpose');
    };
    expect(() => backend().tensors.withScratch(1000, fail)).toThrow('on purpose');
    expect(memory().heapBytes).toBe(heapBytes);
  });
});

describe('maxHeapBytes', () => {
  afterEach(async () => {
    await restart();
  });

  it.for([Number.NaN, -1, 0, null, '1000', {}])('that is no number of bytes is refused: %s', (bytes) => {
    expect(() => register({maxHeapBytes: bytes as number})).toThrow(
      /the option 'maxHeapBytes' is .*; expected a number of bytes greater than 0/,
    );
  });

  it('stops the memory with an error that leaves every tensor usable', async () => {
    await restart({maxHeapBytes: 2 ** 22});
    const x = tf.ones([250_000]);
    const run = () => tf.tidy(() => tf.stack(Array.from({length: 10}, () => x)));
    expect(run).toThrow(OutOfMemoryError);
    expect(run).toThrow(/out of memory: .* Dispose tensors, or use smaller batches/);
    expect(memory().heapCapacity).toBeLessThanOrEqual(2 ** 22);
    const total = tf.tidy(() => tf.sum(x));
    expect(total.dataSync()[0]).toBe(250_000);
    const data = Float32Array.from(x.dataSync());
    expect(data.every((value) => value === 1)).toBe(true);
    tf.dispose([x, total]);
    expect(memory().heapBytes).toBe(0);
  });
});

describe('a kernel that fails half way', () => {
  afterEach(async () => {
    await restart();
  });

  it('gives back what it had taken, shared references included', async () => {
    // Room for the filter (144 KiB) and the output (128 KiB), but not for a packed copy of the filter as well.
    await restart({maxHeapBytes: 6 * 2 ** 16});
    const x = tf.ones<tf.Rank.R4>([1, 8, 8, 8]);
    const filter = tf.ones<tf.Rank.R4>([3, 3, 8, 512]);
    const before = {...memory(), references: backend().refCount(x.dataId), dataIds: backend().numDataIds()};
    expect(() => tf.fused.conv2d({x, filter, strides: 1, pad: 'same'})).toThrow(OutOfMemoryError);
    const after = {...memory(), references: backend().refCount(x.dataId), dataIds: backend().numDataIds()};
    expect(after.heapPeakBytes).toBeGreaterThanOrEqual(before.heapBytes + 2 ** 17);
    expect({...after, heapPeakBytes: 0, heapCapacity: 0}).toEqual({...before, heapPeakBytes: 0, heapCapacity: 0});
    tf.dispose([x, filter]);
  });
});

describe('starting again', () => {
  it('works at once, 200 times, each with an empty heap', async () => {
    for (let i = 0; i < 200; i++) {
      await restart();
      expect(memory().heapBytes).toBe(0);
      const x = tf.fill([300_000], i);
      expect(x.dataSync()[299_999]).toBe(i);
      x.dispose();
    }
  });

  it('works while an earlier start is still under way', async () => {
    tf.removeBackend('mnist-wasm');
    register();
    const first = tf.setBackend('mnist-wasm');
    const second = tf.setBackend('mnist-wasm');
    await Promise.all([first, second]);
    await tf.ready();
    expect(tf.getBackend()).toBe('mnist-wasm');
    const x = tf.tensor1d([1, 2]);
    expect([...x.dataSync()]).toEqual([1, 2]);
    x.dispose();
  });
});
