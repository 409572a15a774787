import {timed} from './calls';
import {type InputTemplate, tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase} from './types';

const topK = (name: string, x: InputSpec, k: number, sorted: boolean, options: CaseOptions = {}): KernelCase => ({
  kernel: 'TopK',
  name: `${name}, ${k} ${sorted ? 'sorted' : 'as they come'}`,
  inputs: {x},
  attrs: {k, sorted},
  ...options,
});

/** Few different values, so that most are equal to another. */
const ties: InputTemplate = {dtype: 'int32', values: 'uniform', range: [-2, 2]};
const infinity = Number.POSITIVE_INFINITY;

const tops: readonly KernelCase[] = [
  ...[true, false].flatMap((sorted) => [
    ...tails.map((n) => topK(`[3,${n}]`, {shape: [3, n]}, Math.ceil(n / 2), sorted)),
    topK('a vector', {shape: [20]}, 7, sorted),
    topK('three dimensions', {shape: [2, 3, 11]}, 4, sorted),
    topK('none', {shape: [3, 5]}, 0, sorted),
    topK('all', {shape: [3, 50]}, 50, sorted),
    topK('one', {shape: [3, 50]}, 1, sorted),
    topK('int32', {shape: [3, 50], dtype: 'int32', values: 'extreme'}, 20, sorted),
    topK('ties', {shape: [5, 60], ...ties}, 30, sorted),
    topK('ties of zeros', {shape: [7], values: [0, -0, 0, -0, 1, -0, -1]}, 4, sorted, {signedZero: true}),
    // Long enough to be sampled, and the sample to be sampled.
    topK('a long row', {shape: [2, 5000]}, 100, sorted),
    topK('a long row', {shape: [2, 5000]}, 2500, sorted),
    topK('a long row of ties', {shape: [2, 3000], ...ties}, 1500, sorted),
    topK('a very long row', {shape: [100_000]}, 5, sorted),
    topK('no rows', {shape: [0, 5]}, 3, sorted),
    topK('empty rows', {shape: [3, 0]}, 0, sorted, {tfjsWasm: {skip: 'it traps where there is nothing'}}),
  ]),
  topK('NaN', {shape: [3, 50], values: 'special'}, 20, true, {tfjsWasm: {skip: 'it puts NaN elsewhere'}}),
  topK('infinities', {shape: [9], values: [1, -infinity, 2, infinity, 0, infinity, -infinity, 3, -1]}, 9, true),
  topK('more than there are', {shape: [2, 5]}, 6, true, {throws: /expected k from 0 to 5 .* got 6/}),
  topK('timed', {shape: [128, 1000]}, 5, true, timed),
];

const sequence = (shape: [number, number], template: InputTemplate): InputSpec => {
  const [rows, n] = shape;
  const values = Array.from({length: rows * n}, (_, i) => Math.floor((i % n) / 2) - Math.floor(n / 4));
  return {...template, shape, values};
};

const searches: readonly KernelCase[] = ['left', 'right'].flatMap((side) => {
  const search = (name: string, sortedSequence: InputSpec, values: InputSpec, options: CaseOptions = {}) => ({
    kernel: 'SearchSorted',
    name: `${name}, ${side}`,
    inputs: {sortedSequence, values},
    attrs: {side},
    ...options,
  });
  const whole = {dtype: 'int32', values: 'uniform', range: [-9, 9]} as const;
  return [
    ...tails.flatMap((n) => [
      search(`${n} numbers`, sequence([2, n], {}), {shape: [2, 9], values: 'uniform', range: [-9, 9]}),
      search(`${n} int32`, sequence([2, n], {dtype: 'int32'}), {shape: [2, 9], ...whole}),
      search(`for ${n}`, sequence([2, 12], {}), {shape: [2, n]}),
    ]),
    search('equal ones', sequence([1, 30], {dtype: 'int32'}), {shape: [1, 40], ...whole}),
    search(
      'special values',
      sequence([1, 30], {}),
      {shape: [1, 60], values: 'special'},
      side === 'right' ? {tfjsWasm: {differs: 'it puts NaN last'}} : {},
    ),
    search('unsorted', {shape: [3, 30]}, {shape: [3, 20]}),
    search('among special values', {shape: [1, 60], values: 'special'}, {shape: [1, 20]}),
    search('in nothing', {shape: [2, 0]}, {shape: [2, 3]}),
    search('for nothing', sequence([2, 5], {}), {shape: [2, 0]}),
    search('rows that differ', {shape: [2, 5]}, {shape: [3, 5]}, {throws: /as many rows/}),
  ];
});

/** Kernels that compare elements with one another. */
export const cases: readonly KernelCase[] = [...tops, ...searches];
