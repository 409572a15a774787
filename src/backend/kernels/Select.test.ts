import 'mnist-wasm';
import {engine, setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {tails} from '../../../test/cases/sweeps';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

describe('Select', () => {
  it.for(['float32', 'int32', 'bool'] as const)('chooses whole rows of %s by a condition of rank 1', (dtype) => {
    tidy(() => {
      const condition = tensor([1, 0, 1], [3], 'bool');
      const t = tensor([1, 0, 1, 1, 0, 0], [3, 2], dtype);
      const e = tensor([0, 1, 0, 1, 1, 1], [3, 2], dtype);
      const y: Tensor = engine().runKernel('Select', {condition, t, e});
      expect(y.dtype).toBe(dtype);
      expect(y.shape).toEqual([3, 2]);
      expect([...y.dataSync()]).toEqual([1, 0, 0, 1, 0, 0]);
    });
  });

  it.for(tails)('chooses of %i bools', (n) => {
    tidy(() => {
      const [c, t, e] = [2, 3, 5].map((step) => Array.from({length: n}, (_, i) => (i % step === 0 ? 1 : 0)));
      const y: Tensor = engine().runKernel('Select', {
        condition: tensor(c, [n], 'bool'),
        t: tensor(t, [n], 'bool'),
        e: tensor(e, [n], 'bool'),
      });
      expect(y.dtype).toBe('bool');
      expect([...y.dataSync()]).toEqual(c.map((chosen, i) => (chosen ? t[i] : e[i])));
    });
  });
});
