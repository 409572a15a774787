/** Values and references, tensors after dispose, and what the engine asks of a backend. */
import * as tf from '@tensorflow/tfjs-core';
import {register} from 'mnist-wasm';
import {beforeEach, describe, expect, it} from 'vitest';
import {backend, memory} from '../../test/running';

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

describe('time()', () => {
  it('tells how long the kernels took', async () => {
    const x = tf.ones([100_000]);
    const info = await tf.time(() => tf.tidy(() => void tf.add(x, x)));
    expect(info.kernelMs).toBeGreaterThan(0);
    expect(info.wallMs).toBeGreaterThanOrEqual(info.kernelMs as number);
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
