import {expect, it} from 'vitest';
import {apart, disagreement} from './compare.mjs';

const reference = {answers: ['female', 'male'], values: {boxes: [100, 50], scores: [0.5, 0.25]}};
const other = (changes: Partial<typeof reference>) => ({...reference, ...changes});

it('tells the largest difference, of the largest value of its kind', () => {
  expect(apart({boxes: [100, 51], scores: [0.5, 0.25]}, reference.values)).toBeCloseTo(0.01, 12);
  expect(apart({boxes: [100, 50], scores: [0.5, 0.2]}, reference.values)).toBeCloseTo(0.1, 12);
  expect(apart(reference.values, reference.values)).toBe(0);
  expect(apart({boxes: [0]}, {boxes: [0]})).toBe(0);
});

it('takes missing values, too many and NaN for infinitely far', () => {
  for (const boxes of [[100], [100, 50, 1], [100, Number.NaN]])
    expect(apart({...reference.values, boxes}, reference.values)).toBe(Number.POSITIVE_INFINITY);
  expect(apart({boxes: [100, 50]}, reference.values)).toBe(Number.POSITIVE_INFINITY);
});

it('names what is different', () => {
  expect(disagreement(reference, reference)).toBeUndefined();
  expect(disagreement(other({answers: ['female', 'cat']}), reference)).toBe("answers 'cat' for 'male'");
  expect(disagreement(other({answers: ['female']}), reference)).toBe("answers 'undefined' for 'male'");
  expect(disagreement(other({answers: ['female', 'male', 'cat']}), reference)).toBe("answers 'cat' too");
  expect(disagreement(other({values: {boxes: [100, 50], scores: [0.5, 0.3]}}), reference)).toMatch(/apart by 1\.0e-1/);
});
