import {expect, it} from 'vitest';
import {leastSure} from './unsure';

it('gives the right answers of each class, the least sure first', () => {
  const probabilities = Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.625, 0.375, 0.125, 0.875);
  const labels = Uint8Array.of(0, 0, 0, 0, 1);
  expect(leastSure(probabilities, labels, 2, 2)).toEqual([
    {index: 1, label: 0, confidence: 0.5},
    {index: 3, label: 0, confidence: 0.625},
    {index: 4, label: 1, confidence: 0.875},
  ]);
});
