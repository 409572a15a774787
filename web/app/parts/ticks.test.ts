import {expect, it} from 'vitest';
import {decimalsOf, roundAxis, roundStep} from './ticks';

it.each([
  [3, 5, 1],
  [100, 5, 20],
  [60, 5, 20],
  [0.04, 4, 0.01],
  [0.3, 3, 0.1],
  [0, 4, 1],
  [Number.NaN, 4, 1],
])('a span of %d in at most %d parts has steps of %d', (span, most, step) => {
  expect(roundStep(span, most)).toBeCloseTo(step, 12);
});

it('an axis has all values within, and marks that differ', () => {
  expect(roundAxis([2.292, 2.301], 5)).toEqual({min: 2.29, max: 2.305, step: 0.005});
  expect(roundAxis([0.05, 2.3], 5)).toEqual({min: 0, max: 3, step: 1});
  expect(roundAxis([0.5], 5)).toMatchObject({min: 0.5});
  expect(roundAxis([], 5)).toMatchObject({min: 0, max: 1});
  expect(roundAxis([0.4, Number.NaN, Number.POSITIVE_INFINITY, 0.8], 5)).toEqual({min: 0.4, max: 0.8, step: 0.1});
});

it('a step has as many decimals as its marks need', () => {
  expect([20, 1, 0.5, 0.1, 0.02, 0.005].map(decimalsOf)).toEqual([0, 0, 1, 1, 2, 3]);
});
