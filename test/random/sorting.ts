import fc from 'fast-check';
import type {InputTemplate} from '../cases/sweeps';
import {int, type RandomCases} from './types';

/** Values of which none, most or some are equal to another; among special ones there are NaN and infinities. */
const templates = fc.constantFrom<InputTemplate>(
  {},
  {dtype: 'int32'},
  {dtype: 'int32', values: 'uniform', range: [-2, 2]},
  {dtype: 'int32', values: 'extreme'},
  {values: 'special'},
);
/** Mostly short, sometimes long enough to be sampled. */
const length = fc.oneof({weight: 9, arbitrary: int(1, 40)}, int(590, 1500));

export const random: RandomCases = {
  TopK: fc
    .tuple(fc.array(int(0, 3), {maxLength: 2}), length, fc.nat(1500), fc.boolean(), templates)
    .map(([outer, n, k, sorted, template]) => ({
      inputs: {x: {...template, shape: [...outer, n]}},
      attrs: {k: k % (n + 1), sorted},
    })),

  SearchSorted: fc
    .tuple(int(0, 4), int(0, 40), int(0, 20), fc.constantFrom('left', 'right'), templates)
    .map(([rows, n, count, side, template]) => ({
      inputs: {sortedSequence: {...template, shape: [rows, n]}, values: {...template, shape: [rows, count]}},
      attrs: {side},
    })),
};
