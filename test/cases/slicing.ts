import {call, calls, dtypes, timed} from './calls';
import {tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase} from './types';

/** What tfjs-backend-wasm copies without a look at whether it is there. */
const outside: CaseOptions = {throws: /begin\[1\]/};

const slices: readonly KernelCase[] = [
  ...tails.flatMap((n) => calls('Slice', [5, n + 2], {begin: [1, 1], size: [3, n]})),
  ...calls('Slice', [7], {begin: [2], size: [4]}),
  ...calls('Slice', [6, 5], {begin: [2, 0], size: [3, 5]}),
  ...calls('Slice', [3, 4, 5], {begin: [1, 1, 0], size: [2, 2, 5]}),
  ...calls('Slice', [3, 4, 5], {begin: [0, 1, 2], size: [-1, 2, -1]}),
  ...calls('Slice', [2, 3, 4, 5], {begin: [1, 0, 1, 2], size: [1, 3, 2, 2]}),
  call('Slice', [2, 3, 2, 2, 3, 2], {begin: [0, 1, 1, 0, 1, 0], size: [2, 2, 1, 2, 2, 1]}),
  call('Slice', [3, 4], {begin: [1, 2], size: [0, 2]}),
  call('Slice', [3, 200], {begin: [1, 20], size: [2, 150]}),
  call('Slice', [0, 4], {begin: [0, 1], size: [0, 2]}),
  {...call('Slice', [4, 5], {begin: [1, 1], size: [2, 3]}), name: 'gradient', gradient: true},
  {...call('Slice', [4, 5], {begin: [0, 3], size: [4, 3]}), name: 'too large', ...outside},
  {...call('Slice', [4, 5], {begin: [0, 6], size: [4, -1]}), name: 'begins behind the end', ...outside},
  {...call('Slice', [4, 5], {begin: [0, -2], size: [4, 2]}), name: 'begins before the beginning', ...outside},
  {...call('Slice', [4, 5], {begin: [0, 0, 0], size: [1, 1, 1]}), name: 'of another rank', throws: /rank/},
  {...call('Slice', [128, 28, 28, 8], {begin: [0, 2, 2, 0], size: [128, 24, 24, 8]}), ...timed},
];

const onlyFloats: CaseOptions = {tfjsWasm: {skip: 'some of its strided slices are float32, whatever the dtype'}};
const noMasks = {beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0};
const strided = (shape: number[], begin: number[], end: number[], strides: number[], masks = {}) =>
  calls('StridedSlice', shape, {begin, end, strides, ...noMasks, ...masks}).map((c, i) =>
    i > 0 ? {...c, ...onlyFloats} : c,
  );

const stridedSlices: readonly KernelCase[] = [
  ...strided([9], [1], [8], [2]),
  ...strided([9], [7], [1], [-2]),
  ...strided([9], [-1], [-8], [-1]),
  ...strided([9], [0], [0], [1], {endMask: 1}),
  ...strided([6, 7], [1, 5], [6, 0], [2, -2]),
  ...strided([6, 7], [1, 2], [4, 6], [1, 1]),
  ...strided([6, 7], [2, 0], [4, 7], [1, 1]),
  ...strided([4, 5, 6], [0, 1, 0], [4, 5, 6], [3, 2, 1]),
  ...strided([4, 5, 6], [1], [2], [1], {shrinkAxisMask: 1}),
  ...strided([4, 5, 6], [0, 3], [0, 5], [1, 2], {ellipsisMask: 1}),
  ...strided([4, 5, 6], [0, 1], [0, 3], [1, 1], {newAxisMask: 1}),
];

const splits: readonly KernelCase[] = [
  ...calls('SplitV', [6, 5], {numOrSizeSplits: 3, axis: 0}),
  ...calls('SplitV', [5, 6], {numOrSizeSplits: [1, 2, 3], axis: 1}),
  ...calls('SplitV', [2, 7, 3], {numOrSizeSplits: [2, -1, 1], axis: -2}),
  ...calls('SplitV', [2, 4], {numOrSizeSplits: [0, 4], axis: 1}),
  {...call('SplitV', [2, 5], {numOrSizeSplits: [2, 3], axis: 1}), name: 'gradient', gradient: true},
  {
    ...call('SplitV', [2, 5], {numOrSizeSplits: [2, 2], axis: 1}),
    name: 'sizes that do not fit',
    throws: /sum of sizes/,
  },
  ...dtypes.flatMap((dtype) =>
    [0, 1, 2, -1].map((axis) => ({
      kernel: 'Unpack',
      name: `${dtype} [2, 3, 4] axis ${axis}`,
      inputs: {value: {shape: [2, 3, 4], dtype}},
      attrs: {axis},
    })),
  ),
  {kernel: 'Unpack', name: 'of one dimension', inputs: {value: {shape: [3]}}, attrs: {axis: 0}},
  {kernel: 'Unpack', name: 'into none', inputs: {value: {shape: [0, 3]}}, attrs: {axis: 0}},
  {kernel: 'Unpack', name: 'empty', inputs: {value: {shape: [2, 0]}}, attrs: {axis: 0}},
  {kernel: 'Unpack', name: 'gradient', inputs: {value: {shape: [2, 3]}}, attrs: {axis: 1}, gradient: true},
];

function gather(x: InputSpec, indices: InputSpec, attrs: object, options: Partial<KernelCase> = {}): KernelCase {
  return {
    kernel: 'GatherV2',
    name: `${x.dtype ?? 'float32'} [${x.shape}] by [${indices.shape}] ${JSON.stringify(attrs)}`,
    inputs: {x, indices: {dtype: 'int32', ...indices}},
    attrs: {axis: 0, batchDims: 0, ...attrs},
    ...options,
  };
}

const below = (n: number) => ({values: 'uniform', range: [0, n - 1]}) as const;

const ignoresBatch: CaseOptions = {tfjsWasm: {skip: 'it takes no account of batchDims, and traps or reads elsewhere'}};

const gathers: readonly KernelCase[] = [
  ...dtypes.flatMap((dtype) => [
    ...tails.map((n) => gather({shape: [6, n], dtype}, {shape: [9], ...below(6)}, {axis: 0})),
    gather({shape: [7], dtype}, {shape: [3, 4], ...below(7)}, {axis: 0}),
    gather({shape: [3, 7], dtype}, {shape: [5], ...below(7)}, {axis: 1}),
    gather({shape: [3, 4, 5], dtype}, {shape: [2, 2], ...below(4)}, {axis: -2}),
    gather({shape: [3, 4, 5], dtype}, {shape: [3, 2], ...below(5)}, {axis: 2, batchDims: 1}, ignoresBatch),
    gather({shape: [2, 3, 4], dtype}, {shape: [2, 3, 5], ...below(4)}, {axis: 2, batchDims: 2}, ignoresBatch),
  ]),
  gather({shape: [4, 200]}, {shape: [3], ...below(4)}, {axis: 0}),
  gather({shape: [4, 3]}, {shape: [], ...below(4)}, {axis: 0}),
  gather({shape: [4, 3]}, {shape: [0]}, {axis: 0}),
  gather(
    {shape: [4, 0]},
    {shape: [2], ...below(4)},
    {axis: 0},
    {tfjsWasm: {skip: 'it gives another shape, and leaks'}},
  ),
  gather({shape: [4, 3]}, {shape: [5], ...below(4)}, {}, {name: 'gradient', gradient: ['x']}),
  ...[
    [1, 4],
    [-1, 2],
  ].map((values) =>
    gather({shape: [4, 3]}, {shape: [2], values}, {}, {name: `[${values}] of 4`, throws: /is not in \[0, 3\]/}),
  ),
  gather({shape: [10_000, 784]}, {shape: [128], ...below(10_000)}, {}, timed),
];

/** Kernels that take a part: slices with and without strides, splits, gathers. */
export const cases: readonly KernelCase[] = [...slices, ...stridedSlices, ...splits, ...gathers];
