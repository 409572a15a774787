import type {DataType} from '@tensorflow/tfjs-core';
import {dtypes, timed} from './calls';
import {tails} from './sweeps';
import type {CaseOptions, KernelCase} from './types';

/** Inputs that differ along the axis alone, where they have the given sizes. */
function joined(shape: readonly number[], axis: number, sizes: readonly number[]): KernelCase[] {
  const at = axis < 0 ? axis + shape.length : axis;
  return dtypes.map((dtype) => ({
    kernel: 'Concat',
    name: `${dtype} [${shape}], ${sizes.length < 9 ? `[${sizes}]` : sizes.length} along ${axis}`,
    inputs: sizes.map((size) => ({shape: shape.map((n, dim) => (dim === at ? size : n)), dtype})),
    attrs: {axis},
  }));
}

/** Inputs of one shape, along a new axis. */
function packed(shape: readonly number[], axis: number, count: number): KernelCase[] {
  return dtypes.map((dtype) => ({
    kernel: 'Pack',
    name: `${dtype} ${count} of [${shape}] along ${axis}`,
    inputs: Array.from({length: count}, () => ({shape, dtype})),
    attrs: {axis},
  }));
}

const concats: readonly KernelCase[] = [
  ...tails.flatMap((n) => joined([3, 0], 1, [n, 5])),
  ...joined([0, 5], 0, [2, 1, 3]),
  ...joined([2, 0, 3], 1, [1, 4]),
  ...joined([2, 3, 0], -1, [1, 2]),
  ...joined([2, 0], 1, [3]),
  ...joined([2, 0], 1, [0, 3, 0, 2]),
  ...joined([2, 0], 1, [0, 3]),
  ...joined([0, 0], 1, [2, 3]),
  // Parameters have room for 128 inputs a call.
  ...joined(
    [3, 0],
    1,
    Array.from({length: 300}, (_, i) => 1 + (i % 3)),
  ),
  {kernel: 'Concat', name: 'gradient', inputs: [{shape: [2, 3]}, {shape: [2, 2]}], attrs: {axis: 1}, gradient: true},
  {
    kernel: 'Concat',
    name: 'shapes that do not fit',
    inputs: [{shape: [2, 3]}, {shape: [3, 3]}],
    attrs: {axis: 1},
    throws: /does not match the shape of the rest/,
  },
  ...[0, 1, 2, -1].flatMap((axis) => packed([2, 3], axis, 3)),
  ...packed([2, 3], -1, 1),
  ...packed([], 0, 2),
  ...packed([0, 3], 1, 2),
  {kernel: 'Pack', name: 'gradient', inputs: [{shape: [2, 3]}, {shape: [2, 3]}], attrs: {axis: 1}, gradient: true},
  {
    kernel: 'Pack',
    name: 'shapes that differ',
    inputs: [{shape: [2, 3]}, {shape: [2, 4]}],
    attrs: {axis: 0},
    throws: /matching shapes/,
  },
];

const expansions: readonly KernelCase[] = dtypes.flatMap((dtype) =>
  [0, 1, 2, -1, -3].map((dim) => ({
    kernel: 'ExpandDims',
    name: `${dtype} [2, 3] dimension ${dim}`,
    inputs: {input: {shape: [2, 3], dtype}},
    attrs: {dim},
    gradient: dtype === 'float32' && dim === 1,
  })),
);

function oneHot(shape: readonly number[], dtype: DataType, attrs: object, options: CaseOptions = {}): KernelCase {
  return {
    kernel: 'OneHot',
    name: `${dtype} [${shape}] ${JSON.stringify(attrs)}`,
    inputs: {indices: {shape, dtype: 'int32', values: 'uniform', range: [0, 4]}},
    attrs: {depth: 5, onValue: 1, offValue: 0, dtype, ...attrs},
    ...options,
  };
}

const asInt32: CaseOptions = {tfjsWasm: {skip: 'it writes the words of int32, whatever the dtype'}};
const writesOutside: CaseOptions = {tfjsWasm: {skip: 'it writes outside of the row'}};

const oneHots: readonly KernelCase[] = [
  ...dtypes.flatMap((dtype) =>
    [[7], [], [2, 3], [0]].map((shape) => oneHot(shape, dtype, {}, dtype === 'int32' ? {} : asInt32)),
  ),
  // Of the indices 0 to 4 some are not below 3: rows without a one.
  ...dtypes.map((dtype) => oneHot([20], dtype, {depth: 3}, writesOutside)),
  {
    ...oneHot([4], 'float32', {}, writesOutside),
    name: 'negative indices',
    inputs: {indices: {shape: [4], dtype: 'int32', values: [-1, 2, -2147483648, 2147483647]}},
  },
  oneHot([9], 'float32', {onValue: 0.9, offValue: -0.05}, asInt32),
  oneHot([9], 'int32', {onValue: 7, offValue: -3}),
];

function range(dtype: DataType, start: number, stop: number, step: number): KernelCase {
  return {
    kernel: 'Range',
    name: `${dtype} from ${start} to ${stop} by ${step}`,
    inputs: {},
    attrs: {start, stop, step, dtype},
  };
}

function linSpace(start: number, stop: number, num: number): KernelCase {
  return {
    kernel: 'LinSpace',
    name: `${num} from ${start} to ${stop}`,
    inputs: {},
    attrs: {start, stop, num},
    tolerance: {ulp: 0},
    signedZero: true,
    tfjsWasm: {tolerance: {absolute: 2e-7}, because: 'it multiplies the step, where the CPU backend adds it up'},
  };
}

const ranges: readonly KernelCase[] = [
  ...(['float32', 'int32'] as const).flatMap((dtype) => [
    range(dtype, 0, 5, 1),
    range(dtype, 5, 0, -2),
    // A step of 1 is the default, and counts down here.
    range(dtype, 5, 0, 1),
    range(dtype, 3, 3, 1),
    range(dtype, 0, 5, -1),
    range(dtype, 5, 0, 2),
  ]),
  range('float32', 0, 1, 0.1),
  linSpace(0, 9, 10),
  linSpace(-1, 1, 7),
  linSpace(5, 2, 4),
  linSpace(1, 9, 1),
  linSpace(1, 9, 0),
  ...tails.map((n) => linSpace(0.1, 0.7, n)),
  // Through many exponents, and through zero; steps that are lost, and that round to one side and the other in turn.
  linSpace(1e-6, 1, 5000),
  linSpace(-3, 7, 3001),
  linSpace(1e-42, 3e-42, 100),
  linSpace(1, 1 + 1e-5, 1000),
  linSpace(16777216, 16777216 + 30, 31),
  linSpace(1e30, -1e30, 1000),
  linSpace(-0, -0, 9),
  ...[linSpace(-3e38, 3e38, 50), linSpace(0, Number.POSITIVE_INFINITY, 9), linSpace(Number.NaN, 1, 9)].map((c) => ({
    ...c,
    tfjsWasm: {skip: 'its step is float32, which is infinite here, and is multiplied by zero'},
  })),
  {...linSpace(0, 1, 100_000), ...timed},
];

/** Kernels that put tensors together or make them: concat, pack, one-hot, ranges. */
export const cases: readonly KernelCase[] = [...concats, ...expansions, ...oneHots, ...ranges];
