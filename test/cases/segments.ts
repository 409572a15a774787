import {timed} from './calls';
import {tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase, Tolerance} from './types';

const ofOutput: Tolerance = {relative: 1e-6, of: 'output'};
const ints = (shape: number[], values: number[]): InputSpec => ({shape, dtype: 'int32', values});

/** The ids of so many rows, which come in no order, and miss some segments. */
const idsOf = (rows: number, segments: number) =>
  ints(
    [rows],
    Array.from({length: rows}, (_, i) => (i * i * 5 + 2) % segments),
  );

const segmentSum = (
  name: string,
  x: InputSpec,
  segmentIds: InputSpec,
  numSegments: number,
  options: CaseOptions = {},
): KernelCase => ({
  kernel: 'UnsortedSegmentSum',
  name,
  inputs: {x, segmentIds},
  attrs: {numSegments},
  tolerance: ofOutput,
  ...options,
});

const segmentSums: readonly KernelCase[] = [
  ...tails.flatMap((n) => [
    segmentSum(`rows of ${n}`, {shape: [11, n]}, idsOf(11, 6), 6),
    segmentSum(`${n} rows`, {shape: [n, 3]}, idsOf(n, 4), 4),
    segmentSum(`${n} numbers`, {shape: [n]}, idsOf(n, 5), 5),
  ]),
  segmentSum('slices of two dimensions', {shape: [7, 3, 5]}, idsOf(7, 3), 3),
  segmentSum('int32 to float32', {shape: [40, 5], dtype: 'int32'}, idsOf(40, 6), 6),
  segmentSum('bool to float32', {shape: [40, 5], dtype: 'bool'}, idsOf(40, 6), 6),
  segmentSum('ids that no segment has', {shape: [6, 5]}, ints([6], [0, -1, 2, 3, 2147483647, 2]), 3),
  segmentSum('one segment', {shape: [1000, 2]}, idsOf(1000, 1), 1),
  segmentSum('terms that cancel', {shape: [3], values: [1e8, 1, -1e8]}, ints([3], [1, 1, 1]), 2),
  segmentSum('special values', {shape: [60, 20], values: 'special'}, idsOf(60, 7), 7),
  segmentSum('NaN in a row of no segment', {shape: [2, 3], values: [1, 2, 3, 4, Number.NaN, 6]}, ints([2], [1, -1]), 3),
  segmentSum('no rows', {shape: [0, 3]}, ints([0], []), 4),
  segmentSum('empty rows', {shape: [5, 0]}, idsOf(5, 2), 2),
  segmentSum('a negative number of segments', {shape: [5, 2]}, idsOf(5, 2), -1, {
    throws: /numSegments is -1; expected/,
  }),
  segmentSum('gradient', {shape: [7, 3]}, ints([7], [0, 2, -1, 2, 1, 0, 0]), 3, {gradient: ['x']}),
  segmentSum('an embedding, timed', {shape: [4096, 128]}, idsOf(4096, 10000), 10000, timed),
];

const bincount = (
  name: string,
  x: InputSpec,
  weights: InputSpec,
  size: number,
  options: CaseOptions = {},
): KernelCase[] => [
  {kernel: 'Bincount', name, inputs: {x, weights}, attrs: {size}, ...options},
  {kernel: 'DenseBincount', name, inputs: {x, weights}, attrs: {size, binaryOutput: false}, ...options},
];

/** Of rows, for counts and for whether there are any. */
const ofRows = (
  name: string,
  x: InputSpec,
  weights: InputSpec,
  size: number,
  options: CaseOptions = {},
): KernelCase[] =>
  [false, true].map((binaryOutput) => ({
    kernel: 'DenseBincount',
    name: `rows: ${name}${binaryOutput ? ', binary' : ''}`,
    inputs: {x, weights},
    attrs: {size, binaryOutput},
    ...options,
  }));

const below = (n: number, shape: number[]): InputSpec => ({
  shape,
  dtype: 'int32',
  values: 'uniform',
  range: [0, n - 1],
});
const noWeights: InputSpec = {shape: [0]};

const counts: readonly KernelCase[] = [
  ...tails.flatMap((n) => [
    ...bincount(`${n} numbers`, below(6, [n]), noWeights, 6),
    ...bincount(`${n} numbers with weights`, below(6, [n]), {shape: [n]}, 6),
    ...ofRows(`of ${n}`, below(6, [3, n]), noWeights, 6),
    ...ofRows(`of ${n} with weights`, below(6, [3, n]), {shape: [3, n]}, 6),
  ]),
  ...bincount('int32 weights', below(5, [50]), {shape: [50], dtype: 'int32', values: 'extreme'}, 5),
  ...bincount('int32 counts', below(5, [50]), {shape: [0], dtype: 'int32'}, 5),
  ...bincount('special weights', below(5, [50]), {shape: [50], values: 'special'}, 5),
  ...bincount('numbers of size or more', below(9, [50]), {shape: [50]}, 5),
  ...ofRows('numbers of size or more', below(9, [5, 10]), {shape: [5, 10]}, 5),
  ...bincount('no size', below(9, [5]), noWeights, 0),
  ...bincount('no numbers', below(9, [0]), noWeights, 4),
  ...ofRows('none', below(9, [0, 3]), noWeights, 4),
  ...ofRows('empty', below(9, [3, 0]), noWeights, 4),
  {
    kernel: 'DenseBincount',
    name: 'a vector knows no binary output',
    inputs: {x: below(6, [30]), weights: noWeights},
    attrs: {size: 6, binaryOutput: true},
    tfjsWasm: {differs: 'it knows one'},
  },
  ...bincount('a negative number', ints([3], [1, -2, 0]), noWeights, 4, {throws: /Input x must be non-negative!/}),
  ...ofRows('a negative number', ints([1, 3], [1, -2, 0]), noWeights, 4, {throws: /Input x must be non-negative!/}),
  ...bincount('a negative size', below(6, [7]), noWeights, -1, {throws: /\[-1\] is not the shape of a tensor/}),
  ...bincount('too few weights', below(6, [7]), {shape: [3]}, 4, {
    throws: /Weights of shape \[3\] for x of shape \[7\]/,
  }),
  ...bincount('timed', below(1000, [100_000]), noWeights, 1000, timed),
];

/** Kernels that add up what other tensors sort into bins. */
export const cases: readonly KernelCase[] = [...segmentSums, ...counts];
