import {expect, test} from 'vitest';
import {readingsOf, runsOf} from './runs';

test('probabilities become readings, and neighbours that are read alike become runs', () => {
  const of = (digit: number, probability: number) =>
    Array.from({length: 10}, (_, i) => (i === digit ? probability : (1 - probability) / 9));
  const readings = readingsOf(Float32Array.from([...of(3, 0.5), ...of(3, 0.75), ...of(8, 0.25), ...of(3, 1)]));
  expect(readings).toEqual([
    {digit: 3, probability: 0.5},
    {digit: 3, probability: 0.75},
    {digit: 8, probability: 0.25},
    {digit: 3, probability: 1},
  ]);
  expect(runsOf(readings)).toEqual([
    {digit: 3, first: 0, last: 1},
    {digit: 8, first: 2, last: 2},
    {digit: 3, first: 3, last: 3},
  ]);
  expect(runsOf([])).toEqual([]);
});
