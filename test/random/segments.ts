import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {anyDtype, dtypes, int, type RandomCases} from './types';

const width = fc.oneof({weight: 4, arbitrary: int(0, 9)}, {weight: 1, arbitrary: int(10, 40)});
const values = fc.oneof({weight: 4, arbitrary: fc.constant('normal' as const)}, fc.constant('special' as const));

/** None, or one for each number. */
const weightsOf = (shape: number[], dtype: 'float32' | 'int32', has: boolean): InputSpec =>
  has ? {shape, dtype, values: 'special'} : {shape: [0], dtype};

const numbers = fc.record({
  shape: fc.tuple(int(0, 5), int(0, 30)),
  below: int(1, 12),
  size: int(0, 12),
  dtype: dtypes,
  hasWeights: fc.boolean(),
  binaryOutput: fc.boolean(),
});
const numbersOf = (shape: number[], below: number): InputSpec => ({
  shape,
  dtype: 'int32',
  values: 'uniform',
  range: [0, below - 1],
});

/** Sums and counts by what other tensors say. */
export const random: RandomCases = {
  UnsortedSegmentSum: fc
    .record({
      rows: int(0, 30),
      slice: fc.array(width, {maxLength: 2}),
      numSegments: int(1, 9),
      low: int(-2, 0),
      high: int(0, 10),
      dtype: anyDtype,
      values,
    })
    .map(({rows, slice, numSegments, low, high, dtype, values}) => ({
      inputs: {
        x: {shape: [rows, ...slice], dtype, values},
        segmentIds: {shape: [rows], dtype: 'int32', values: 'uniform', range: [low, high]},
      },
      attrs: {numSegments},
      tolerance: {ulp: 0},
    })),

  Bincount: numbers.map(({shape: [, n], below, size, dtype, hasWeights}) => ({
    inputs: {x: numbersOf([n], below), weights: weightsOf([n], dtype, hasWeights)},
    attrs: {size},
    tolerance: {ulp: 0},
  })),

  DenseBincount: numbers.map(({shape, below, size, dtype, hasWeights, binaryOutput}) => ({
    inputs: {x: numbersOf(shape, below), weights: weightsOf(shape, dtype, hasWeights)},
    attrs: {size, binaryOutput},
    tolerance: {ulp: 0},
  })),
};
