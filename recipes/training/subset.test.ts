import {expect, it} from 'vitest';
import {numbered} from '../../src/mnist/fixtures';
import {subset} from './subset';

it('subset shares the bytes of its range', () => {
  const split = numbered(10);
  const part = subset(split, 3, 7);
  expect(part.size).toBe(4);
  expect(part.images.length).toBe(4 * 784);
  expect(part.images[784]).toBe(4);
  expect([...part.labels]).toEqual([...split.labels.subarray(3, 7)]);
  expect(part.images.buffer).toBe(split.images.buffer);
});
