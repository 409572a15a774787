import {expect, it} from 'vitest';
import {median, middleHalf} from './statistics';

it('median', () => {
  expect(median([])).toBeNaN();
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([10, 9, 100])).toBe(10);
});

it('the middle half, of few values all', () => {
  const measure = ({value}: {value: number}) => value;
  expect(
    middleHalf(
      [9, 1, 5, 100, 2, 3, 4, 8].map((value) => ({value})),
      measure,
    ).map(measure),
  ).toEqual([3, 4, 5, 8]);
  expect(middleHalf([{value: 2}, {value: 1}], measure).map(measure)).toEqual([1, 2]);
});
