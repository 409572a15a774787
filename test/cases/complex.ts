import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import {binaryCases, unaryCases} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase, Tolerance} from './types';

const template = {dtype: 'complex64'} as const;
const exact: CaseOptions = {tolerance: {ulp: 0}, signedZero: true};
/** Each number of a transform is a sum of all of its row. */
const ofOutput: Tolerance = {relative: 1e-6, of: 'output'};
const special: CaseOptions = {signedZero: true};

const complex = (shape: readonly number[]): InputSpec => ({shape, ...template, values: 'mixed'});

/** Products of the passes' radices, primes, products of primes, and what is shorter than a vector. */
const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 20, 24, 25, 27, 30, 31, 32, 36, 37, 48, 49, 50];
const longer = [60, 64, 75, 77, 80, 97, 100, 120, 121, 125, 128, 144, 200, 243, 250, 256, 257, 400, 441, 499, 500, 512];

const fourier = (shape: readonly number[], options: CaseOptions = {}): KernelCase[] =>
  ['FFT', 'IFFT'].map((kernel) => ({
    kernel,
    name: `${options.bench ? 'timed ' : ''}[${shape}]`,
    inputs: {input: {shape, ...template}},
    tolerance: ofOutput,
    ...options,
  }));

const timed = ([batch, n]: readonly [number, number]): KernelCase[] =>
  fourier([batch, n], {bench: true, flops: Math.round(5 * batch * n * Math.log2(n))});

const transforms: readonly KernelCase[] = [
  ...[...lengths, ...longer].flatMap((n) => fourier([3, n])),
  ...[[5], [0], [2, 0], [0, 3], [2, 3, 4], [2, 1, 3, 7]].flatMap((shape) => fourier(shape)),
  ...timed([16, 1024]),
  ...timed([16, 1000]),
  ...timed([16, 1009]),
];

const arithmetic: readonly KernelCase[] = [
  ...['Add', 'Sub', 'Multiply', 'RealDiv'].flatMap((kernel) => binaryCases(kernel, {template, ...exact, special})),
  ...unaryCases('Neg', {template, ...exact, special}),
  ...['Add', 'Multiply'].flatMap((kernel): KernelCase[] => [
    {kernel, name: 'complex64 and float32', inputs: {a: complex([2, 3]), b: {shape: [3]}}, ...exact},
    {
      kernel,
      name: 'float32 and complex64',
      inputs: {a: {shape: []}, b: complex([2, 3])},
      tfjsWasm: {skip: 'it has no complex64'},
      ...exact,
    },
    {
      kernel,
      name: 'timed complex64',
      inputs: {a: {shape: [100, 100], ...template}, b: {shape: [100, 100], ...template}},
      bench: true,
      ...exact,
    },
  ]),
];

const x = complex([2, 3, 4]);
const call = (kernel: string, name: string, inputs: KernelCase['inputs'], attrs: NamedAttrMap): KernelCase => ({
  kernel,
  name: `complex64 ${name}`,
  inputs,
  attrs,
  ...exact,
});
const indices: InputSpec = {shape: [2], dtype: 'int32', values: [2, 0]};

const moved: readonly KernelCase[] = [
  call('Concat', 'two', [x, complex([2, 1, 4])], {axis: 1}),
  call('Concat', 'one that is not empty', [complex([2, 0, 4]), x], {axis: 1}),
  call('Pack', 'two', [x, x], {axis: -1}),
  call('Pack', 'one', [x], {axis: 0}),
  call('Unpack', 'of three', {value: x}, {axis: 1}),
  call('Unpack', 'of none', {value: complex([0, 3])}, {axis: 0}),
  call('Slice', 'a part', {x}, {begin: [0, 1, 1], size: [2, 2, -1]}),
  call('Slice', 'all', {x}, {begin: [0, 0, 0], size: [2, 3, 4]}),
  call('SplitV', 'of two sizes', {x}, {numOrSizeSplits: [1, 2], axis: 1}),
  call('StridedSlice', 'backwards', {x}, {begin: [0, 2, 3], end: [2, -4, 0], strides: [1, -2, -1], endMask: 2}),
  call('StridedSlice', 'all', {x}, {begin: [0, 0, 0], end: [2, 3, 4], strides: [1, 1, 1]}),
  call('Reverse', 'two dimensions', {x}, {dims: [0, 2]}),
  call('Reverse', 'a scalar', {x: complex([])}, {dims: []}),
  call('Transpose', 'all dimensions', {x}, {perm: [2, 0, 1]}),
  call('Transpose', 'none', {x}, {perm: [0, 1, 2]}),
  call('Tile', 'two dimensions', {x}, {reps: [2, 1, 3]}),
  call('GatherV2', 'two of three', {x, indices}, {axis: 1, batchDims: 0}),
  call(
    'PadV2',
    'with a constant',
    {x},
    {
      paddings: [
        [0, 1],
        [2, 0],
        [1, 1],
      ],
      constantValue: 2.5,
    },
  ),
  call('PadV2', 'with nothing', {x: complex([3])}, {paddings: [[0, 0]], constantValue: 1}),
  call('Identity', 'shared', {x}, {}),
  call('Reshape', 'shared', {x}, {shape: [4, 6]}),
];

/** complex64: arithmetic, what only moves, and Fourier transforms. */
export const cases: readonly KernelCase[] = [...arithmetic, ...moved, ...transforms];
