import '@tensorflow/tfjs-backend-cpu';
import {memory, setBackend} from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {splits} from './fixtures/index.js';
import {toTensors} from './tensors.js';

const {train} = splits;

beforeAll(() => setBackend('cpu'));

describe('toTensors', () => {
  it.for([
    [false, [train.size, 28, 28, 1]],
    [true, [train.size, 784]],
  ] as const)('with flatten %s scales the pixels and encodes the labels one-hot', ([flatten, shape]) => {
    const before = memory().numTensors;
    const {xs, ys} = toTensors(train, {flatten});
    expect(memory().numTensors).toBe(before + 2);
    expect([xs.dtype, ys.dtype]).toEqual(['float32', 'float32']);
    expect(xs.shape).toEqual(shape);
    expect(ys.shape).toEqual([train.size, 10]);
    expect(xs.dataSync()).toEqual(Float32Array.from(train.images, (pixel) => pixel / 255));
    const rows = ys.dataSync();
    for (let i = 0; i < train.size; i++) {
      const row = [...rows.subarray(10 * i, 10 * i + 10)];
      expect(row).toEqual(Array.from({length: 10}, (_, digit) => (digit === train.labels[i] ? 1 : 0)));
    }
    xs.dispose();
    ys.dispose();
  });

  it('refuses arrays that do not fit, and labels above 9', () => {
    expect(() => toTensors({...train, size: 3})).toThrow('size 3 needs 2352 pixels and 3 labels, got 156800 and 200');
    expect(() => toTensors({...train, labels: new Uint8Array(1)})).toThrow(RangeError);
    expect(() => toTensors({...train, labels: train.labels.with(4, 10)})).toThrow('label 4 is 10, expected 0 to 9');
  });
});
