import fc from 'fast-check';
import {anyShape, EXACT, int, type RandomCases} from './types';

const lengths = fc.oneof(
  {weight: 4, arbitrary: anyShape},
  int(2000, 40_000).map((n) => [n]),
);
const rates = fc.oneof(
  fc.double({min: 1e-7, max: 1, maxExcluded: true, noNaN: true}),
  fc.constantFrom(0.25, 0.5, 1e-7, 1 - 2 ** -53),
);
const seeds = fc.oneof(
  int(-1000, 1000).map(String),
  fc.double({min: 0, max: 1}).map(String),
  fc.string({unit: 'binary'}),
);

export const random: RandomCases = {
  DropoutMask: fc
    .tuple(lengths, rates, seeds)
    .map(([shape, rate, seed]) => ({inputs: {}, attrs: {shape, rate, seed}, tolerance: EXACT, signedZero: true})),
};
