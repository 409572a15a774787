import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {type MnistWasmMemory, OutOfMemoryError, register} from 'mnist-wasm';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {MnistWasmBackend} from '../internal';

const backend = () => tf.backend() as MnistWasmBackend;
const memory = () => tf.memory() as unknown as MnistWasmMemory & tf.MemoryInfo;

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

describe('values', () => {
  const cases: [tf.DataType, tf.TypedArray | string[]][] = [
    ['float32', Float32Array.of(1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45)],
    ['int32', Int32Array.of(1, -2147483648, 2147483647, 0, -1)],
    ['bool', Uint8Array.of(1, 0, 0, 1, 1)],
    ['string', ['a', '', 'ü', '\u{1f600}', 'last']],
    ['complex64', Float32Array.of(1, 2, 3, 4, -0, Number.NaN)],
  ];

  it.for(cases)('of dtype %s come back as they were written', async ([dtype, values]) => {
    const t =
      dtype === 'complex64'
        ? tf.complex([1, 3, -0], [2, 4, Number.NaN])
        : tf.tensor(values as Float32Array, [values.length], dtype);
    expect(await t.data()).toEqual(values);
    expect(t.dataSync()).toEqual(values);
    t.dispose();
  });

  it('are copied in and out', async () => {
    const values = Float32Array.of(1, 2, 3);
    const t = tf.tensor1d(values);
    values[0] = 9;
    const read = t.dataSync();
    read[1] = 9;
    const readLater = await t.data();
    readLater[2] = 9;
    expect(t.dataSync()).toEqual(Float32Array.of(1, 2, 3));
    t.dispose();
  });

  it('that were read stay as they were when the memory grows and their tensor is disposed', () => {
    const t = tf.tensor1d([1, 2, 3]);
    const read = t.dataSync();
    const large = tf.zeros([memory().heapCapacity / 4]);
    tf.dispose([t, large]);
    expect(read).toEqual(Float32Array.of(1, 2, 3));
  });

  it('may be none', () => {
    for (const dtype of ['float32', 'int32', 'bool', 'string'] as const) {
      const t = tf.tensor([], [0, 3], dtype);
      expect(t.dataSync()).toHaveLength(0);
      t.dispose();
    }
  });
});

describe('references', () => {
  it('are counted, and the bytes released with the last one', () => {
    const heapBytes = memory().heapBytes;
    const dataId = backend().write(Float32Array.of(1, 2, 3), [3], 'float32');
    expect(backend().refCount(dataId)).toBe(1);
    backend().incRef(dataId);
    expect(backend().refCount(dataId)).toBe(2);
    expect(backend().disposeData(dataId)).toBe(false);
    expect(backend().readSync(dataId)).toEqual(Float32Array.of(1, 2, 3));
    expect(backend().disposeData(dataId)).toBe(true);
    expect(backend().refCount(dataId)).toBe(0);
    expect(memory().heapBytes).toBe(heapBytes);
    // As tfjs's own backends: disposing what is not there any more is no error.
    expect(backend().disposeData(dataId)).toBe(true);
  });

  it('are all given up by force', () => {
    const dataId = backend().write(Int32Array.of(1), [1], 'int32');
    backend().incRef(dataId);
    expect(backend().disposeData(dataId, true)).toBe(true);
    expect(backend().refCount(dataId)).toBe(0);
  });

  it('let Identity and Reshape share bytes', () => {
    const x = tf.tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const {heapBytes, numDataBuffers} = memory();
    const same = tf.clone(x);
    const flat = tf.reshape(x, [6]);
    const column = tf.expandDims(flat, 1);
    expect(memory().heapBytes).toBe(heapBytes);
    expect(memory().numDataBuffers).toBe(numDataBuffers);
    x.dispose();
    expect(flat.dataSync()).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    tf.dispose([same, flat]);
    expect(column.shape).toEqual([6, 1]);
    expect(column.dataSync()).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    column.dispose();
  });

  it('of complex tensors hold their parts', () => {
    const heapBytes = memory().heapBytes;
    const z = tf.complex([1, 2], [3, 4]);
    const w = tf.reshape(z, [2, 1]);
    z.dispose();
    expect(w.dataSync()).toEqual(Float32Array.of(1, 3, 2, 4));
    w.dispose();
    expect(memory().heapBytes).toBe(heapBytes);
  });
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

describe('a tensor that was disposed', () => {
  it('is refused by tfjs', () => {
    const x = tf.tensor1d([1, 2]);
    x.dispose();
    expect(() => x.dataSync()).toThrow('Tensor is disposed');
  });

  it('is refused by the backend with the reason', () => {
    const x = tf.tensor1d([1, 2]);
    const {dataId, shape, dtype} = x;
    x.dispose();
    expect(() => backend().readSync(dataId)).toThrow('mnist-wasm: a tensor was used after it was disposed.');
    expect(() => backend().tensors.offset({dataId, shape, dtype})).toThrow('used after it was disposed');
  });

  it('is refused by name after the whole backend was', async () => {
    const gone = backend();
    const x = tf.tensor1d([1, 2]);
    tf.removeBackend('mnist-wasm');
    expect(() => gone.heap).toThrow('mnist-wasm: this backend was disposed, and its tensors with it.');
    expect(() => x.dataSync()).toThrow(/mnist-wasm: this backend was disposed, and its tensors with it/);
    register();
    await tf.setBackend('mnist-wasm');
    expect(() => tf.neg(x)).toThrow(/mnist-wasm: this backend was disposed, and its tensors with it/);
    expect(() => x.dataSync()).toThrow(/mnist-wasm: this backend was disposed, and its tensors with it/);
    x.dispose();
  });
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

describe('time()', () => {
  it('tells how long the kernels took', async () => {
    const x = tf.ones([100_000]);
    const info = await tf.time(() => tf.tidy(() => void tf.add(x, x)));
    expect(info.kernelMs).toBeGreaterThan(0);
    expect(info.wallMs).toBeGreaterThanOrEqual(info.kernelMs as number);
    x.dispose();
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

describe('scratch', () => {
  it('of a long row that is repeated ends before the next tensor begins', () => {
    // The block that the kernel's scratch will come from, and its neighbour.
    const [freed, neighbour] = [tf.zeros([259]), tf.zeros([4096])];
    freed.dispose();
    const [x, row] = [tf.ones([3, 227]), tf.ones([227])];
    tf.dispose([tf.add(x, row), tf.add(row, x)]);
    expect(neighbour.dataSync().some((value) => value !== 0)).toBe(false);
    tf.dispose([neighbour, x, row]);
  });
});

describe('the engine', () => {
  it('is the one instance of tfjs-core that the tests and the package share', () => {
    expect(backend()).toBeInstanceOf(tf.KernelBackend);
  });

  it('is told of 32-bit floats', () => {
    expect(backend().floatPrecision()).toBe(32);
    expect(backend().epsilon()).toBe(1e-7);
  });
});

/** Lets go of the backend, and initialises another with the given options. */
async function restart(options?: Parameters<typeof register>[0]): Promise<void> {
  tf.removeBackend('mnist-wasm');
  register(options);
  await tf.setBackend('mnist-wasm');
}
