import {util} from '@tensorflow/tfjs-core';
import {dtypes, timed} from './calls';
import {emptyShapes, oddShapes, tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase} from './types';

const ints = (shape: number[], values: number[]): InputSpec => ({shape, dtype: 'int32', values});

/** Indices of `count` places in the first `rank` dimensions of this shape, which come in no order. */
function places(shape: readonly number[], rank: number, count: number): InputSpec {
  const indexed = shape.slice(0, rank);
  const total = util.sizeFromShape(indexed);
  const strides = util.computeStrides(indexed);
  const values = Array.from({length: count}, (_, i) => util.indexToLoc((i * 7 + 3) % total, rank, strides));
  return ints([count, rank], values.flat());
}

interface Indexed {
  shape: readonly number[];
  rank: number;
  count: number;
}

/** Elements and slices of every length, one index of several dimensions, and more indices than there are places. */
const indexed: readonly Indexed[] = [
  ...tails.flatMap((n) => [
    {shape: [9, n], rank: 1, count: 5},
    {shape: [n], rank: 1, count: n + 2},
  ]),
  {shape: [4, 5], rank: 2, count: 13},
  {shape: [3, 4, 5], rank: 2, count: 7},
  {shape: [3, 4, 5], rank: 3, count: 70},
  {shape: [2, 3, 2, 3, 2], rank: 4, count: 11},
  {shape: [5, 200], rank: 1, count: 9},
  {shape: [1, 1], rank: 2, count: 3},
];

const label = ({shape, rank, count}: Indexed) => `${count} of rank ${rank} in [${shape}]`;
const sliceOf = ({shape, rank}: Indexed) => shape.slice(rank);

const gathers: readonly KernelCase[] = [
  ...dtypes.flatMap((dtype) =>
    indexed.map((c) => ({
      kernel: 'GatherNd',
      name: `${dtype} ${label(c)}`,
      inputs: {params: {shape: c.shape, dtype}, indices: places(c.shape, c.rank, c.count)},
    })),
  ),
  {
    kernel: 'GatherNd',
    name: 'indices of several dimensions',
    inputs: {params: {shape: [4, 5, 2]}, indices: ints([2, 3, 2], [0, 1, 3, 4, 2, 2, 1, 0, 0, 0, 3, 1])},
  },
  {
    kernel: 'GatherNd',
    name: 'one index',
    inputs: {params: {shape: [4, 5], values: 'special'}, indices: ints([2], [3, 1])},
    signedZero: true,
  },
  {
    kernel: 'GatherNd',
    name: 'indices of no dimensions name all',
    inputs: {params: {shape: [2, 3]}, indices: ints([4, 0], [])},
  },
  {kernel: 'GatherNd', name: 'no indices', inputs: {params: {shape: [2, 3]}, indices: ints([0, 1], [])}},
  {
    kernel: 'GatherNd',
    name: 'an index below 0, made up for by the one before it',
    inputs: {params: {shape: [4, 5]}, indices: ints([1, 2], [2, -3])},
  },
  {
    kernel: 'GatherNd',
    name: 'index too large',
    inputs: {params: {shape: [4, 5]}, indices: ints([2, 2], [3, 4, 4, 0])},
    throws: /Invalid indices: 4,0 does not index into 4,5/,
  },
  {
    kernel: 'GatherNd',
    name: 'index below 0',
    inputs: {params: {shape: [4, 5]}, indices: ints([2, 1], [3, -1])},
    throws: /Invalid indices: -1 does not index into 4,5/,
  },
  {
    kernel: 'GatherNd',
    name: 'out of what is empty',
    inputs: {params: {shape: [0, 5]}, indices: ints([1, 1], [0])},
    throws: /input is empty/,
  },
  {
    kernel: 'GatherNd',
    name: 'rows, timed',
    inputs: {params: {shape: [10000, 128]}, indices: places([10000, 128], 1, 4096)},
    ...timed,
  },
];

const scatters: readonly KernelCase[] = [
  ...dtypes.flatMap((dtype) =>
    indexed.flatMap((c): KernelCase[] => {
      const updates = {shape: [c.count, ...sliceOf(c)], dtype};
      const indices = places(c.shape, c.rank, c.count);
      const name = `${dtype} ${label(c)}`;
      return [
        {
          kernel: 'ScatterNd',
          name,
          inputs: {indices, updates},
          attrs: {shape: [...c.shape]},
          ...(dtype === 'bool' && {tfjsWasm: {skip: 'two trues at one place are 1 there, not 2'}}),
        },
        {kernel: 'TensorScatterUpdate', name, inputs: {tensor: {shape: c.shape, dtype}, indices, updates}},
      ];
    }),
  ),
  ...['ScatterNd', 'TensorScatterUpdate'].flatMap((kernel): KernelCase[] => {
    const scatter = (
      name: string,
      shape: number[],
      indices: InputSpec,
      updates: InputSpec,
      options: CaseOptions = {},
    ): KernelCase =>
      kernel === 'ScatterNd'
        ? {kernel, name, inputs: {indices, updates}, attrs: {shape}, ...options}
        : {kernel, name, inputs: {tensor: {shape, dtype: updates.dtype}, indices, updates}, ...options};
    return [
      scatter('one index many times', [3, 2], ints([6, 1], [1, 1, 1, 1, 1, 1]), {shape: [6, 2]}),
      scatter('extreme int32', [5], ints([30, 1], Array(30).fill(2)), {shape: [30], dtype: 'int32', values: 'extreme'}),
      scatter('special values', [3, 60], ints([2, 1], [2, 0]), {shape: [2, 60], values: 'special'}),
      scatter('indices of several dimensions', [4, 3], ints([2, 2, 1], [3, 0, 1, 1]), {shape: [2, 2, 3]}),
      scatter('a vector of indices', [6, 3], ints([3], [5, 0, 2]), {shape: [3, 3]}),
      scatter('no updates', [4, 3], ints([0, 1], []), {shape: [0, 3]}),
      scatter('into nothing', [0, 3], ints([0, 1], []), {shape: [0, 3]}),
      scatter(
        'index too large',
        [4, 5],
        ints([2, 2], [3, 4, 4, 0]),
        {shape: [2]},
        {
          throws: /Invalid indices: 4,0 does not index into 4,5/,
        },
      ),
      scatter(
        'index below 0',
        [4, 5],
        ints([2, 1], [3, -1]),
        {shape: [2, 5]},
        {
          throws: /Invalid indices: -1 does not index into 4,5/,
        },
      ),
      scatter(
        'too few updates',
        [4, 5],
        ints([2, 1], [3, 1]),
        {shape: [1, 5]},
        {
          throws: /Updates of shape \[1,5\] .* expected 2 slices of 5 elements/,
        },
      ),
      scatter('rows, timed', [10000, 128], places([10000, 128], 1, 4096), {shape: [4096, 128]}, timed),
    ];
  }),
];

const sparse = (
  name: string,
  outputShape: number[],
  sparseIndices: InputSpec,
  sparseValues: InputSpec,
  defaultValue: number,
  options: CaseOptions = {},
): KernelCase => ({
  kernel: 'SparseToDense',
  name,
  inputs: {
    sparseIndices,
    sparseValues,
    defaultValue: {shape: [], dtype: sparseValues.dtype, values: [defaultValue]},
  },
  attrs: {outputShape},
  ...options,
});

const denses: readonly KernelCase[] = [
  ...dtypes.flatMap((dtype) =>
    indexed
      .filter(({shape, rank}) => shape.length === rank)
      .map((c) =>
        sparse(`${dtype} ${label(c)}`, [...c.shape], places(c.shape, c.rank, c.count), {shape: [c.count], dtype}, 1),
      ),
  ),
  sparse('a scalar everywhere', [9], ints([4], [7, 0, 3, 1]), {shape: []}, -0.5),
  sparse('a scalar everywhere in a matrix', [3, 4], ints([2, 2], [0, 1, 2, 3]), {shape: [], dtype: 'int32'}, 7),
  sparse('one scalar index', [5], ints([], [3]), {shape: []}, 2),
  sparse('NaN by default', [5], ints([2], [3, 0]), {shape: [2]}, Number.NaN),
  sparse('no values', [5], ints([0], []), {shape: [0]}, 3),
  sparse('into nothing', [0], ints([0], []), {shape: [0]}, 3),
  sparse('index too large', [5], ints([2], [3, 5]), {shape: [2]}, 0, {
    throws: /Invalid indices: 5 does not index into 5/,
  }),
  sparse('too many values', [5], ints([2], [3, 1]), {shape: [3]}, 0, {throws: /expected 2 slices of 1 elements/}),
];

const diagonals: readonly KernelCase[] = dtypes.flatMap((dtype) =>
  [[], [1], [7], [16], [33], [2, 3], [2, 2, 2], [0], [0, 3]].map((shape) => ({
    kernel: 'Diag',
    name: `${dtype} [${shape}]`,
    inputs: {x: {shape, dtype}},
  })),
);

const shapesOf = (a: readonly number[], b: readonly number[], options: CaseOptions = {}): KernelCase => ({
  kernel: 'BroadcastArgs',
  name: `[${a}] [${b}]`,
  inputs: {s0: ints([a.length], [...a]), s1: ints([b.length], [...b])},
  ...options,
});

const broadcasts: readonly KernelCase[] = [
  ...[...oddShapes, ...emptyShapes].map((shape) => shapesOf(shape, [])),
  shapesOf([2, 1, 3], [4, 1]),
  shapesOf([5], [2, 3, 5]),
  shapesOf([1, 0], [3, 1]),
  shapesOf([2, 3], [3, 2], {throws: /could not be broadcast/}),
];

/** Kernels that read or write where other tensors say. */
export const cases: readonly KernelCase[] = [...gathers, ...scatters, ...denses, ...diagonals, ...broadcasts];
