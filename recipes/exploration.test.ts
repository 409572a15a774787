import {expect, it} from 'vitest';
import {numbered, stripes} from '../src/mnist/fixtures';
import {labelCounts, randomIndices} from './exploration';

const data = {train: stripes(64), test: numbered(35)};

it('labelCounts counts every image', () => {
  expect(labelCounts({...data.test, labels: Uint8Array.of(3, 3, 9)})).toEqual([0, 0, 0, 2, 0, 0, 0, 0, 0, 1]);
  expect(labelCounts(data.test).reduce((sum, count) => sum + count)).toBe(35);
});

it('randomIndices are different images, the same for the same seed', () => {
  const indices = randomIndices(data.train, 25, 5);
  expect(new Set(indices).size).toBe(25);
  expect(randomIndices(data.train, 25, 5)).toEqual(indices);
  expect(randomIndices(data.train, 25, 6)).not.toEqual(indices);
  expect(randomIndices({...data.train, size: 3}, 25, 5).sort()).toEqual([0, 1, 2]);
});
