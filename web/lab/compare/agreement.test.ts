import {expect, test} from 'vitest';
import {compared} from './agreement';

test('images are told apart by who of two networks reads them right', () => {
  const labels = Uint8Array.from([1, 2, 3, 4, 5]);
  const answers = (digits: number[]) =>
    Float32Array.from(digits.flatMap((digit) => Array.from({length: 10}, (_, i) => (i === digit ? 0.9 : 0.01))));
  const images = Uint8Array.from({length: 5 * 784}, (_, i) => Math.floor(i / 784));
  const {
    total,
    counts,
    images: shown,
  } = compared({images, labels, size: 5}, answers([1, 2, 0, 0, 5]), answers([1, 0, 3, 9, 5]));
  expect(total).toBe(5);
  expect(counts).toEqual({both: 2, first: 1, second: 1, neither: 1});
  expect(shown.both.map(({index}) => index)).toEqual([0, 4]);
  const pixels = new Uint8Array(784).fill(3);
  expect(shown.neither).toEqual([{index: 3, label: 4, predicted: 0, second: 9, pixels}]);
});
