import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import {type InputTemplate, tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase, Tolerance} from './types';

/** Terms of both signs: what is left of a sum carries the rounding of its terms, on either backend. */
const ofOutput: Tolerance = {relative: 1e-6, of: 'output'};

/** Shapes and the axes to reduce: what is behind them is one run, columns, or scattered and transposed first. */
const reductions: readonly {shape: readonly number[]; axes?: readonly number[]}[] = [
  ...tails.flatMap((n) => [
    {shape: [3, n], axes: [1]},
    {shape: [13, n], axes: [0]},
    {shape: [n, 3], axes: [0]},
  ]),
  {shape: []},
  {shape: [7]},
  {shape: [2, 3, 4]},
  {shape: [2, 3, 4], axes: []},
  {shape: [5, 300], axes: [0]},
  {shape: [300, 5], axes: [0]},
  {shape: [37, 131], axes: [1]},
  {shape: [4, 9, 6], axes: [1]},
  {shape: [4, 9, 6], axes: [-1]},
  {shape: [4, 9, 6], axes: [1, 2]},
  {shape: [4, 9, 6], axes: [0, 1]},
  {shape: [3, 4, 5], axes: [2, 0]},
  {shape: [2, 3, 4, 5], axes: [1, 3]},
  {shape: [2, 3, 4, 5], axes: [-4, -2]},
  {shape: [1, 3, 1, 4], axes: [0, 2]},
  {shape: [5, 1, 4], axes: [0, 1]},
  {shape: [0]},
  {shape: [0, 3], axes: [0]},
  {shape: [3, 0], axes: [1]},
  {shape: [2, 0, 3], axes: [0]},
];

/** The attributes by which the kernel names its axes; none for all. */
function attributes(kernel: string, axes: number | number[] | undefined, keepDims: boolean): NamedAttrMap {
  if (axes === undefined) return {keepDims};
  if (kernel.startsWith('Arg')) return {axis: axes};
  return kernel === 'Max' ? {reductionIndices: axes, keepDims} : {axis: axes, keepDims};
}

const ofNothing: CaseOptions = {tfjsWasm: {skip: 'over nothing it gives what it finds in memory'}};
const inFloat32: CaseOptions = {tfjsWasm: {differs: 'it sums in float32, where these terms overflow'}};

/** All shapes and axes, every second with its dimensions kept. */
function sweep(kernel: string, template: InputTemplate, options: CaseOptions = {}): KernelCase[] {
  const {dtype = 'float32'} = template;
  return reductions.map(({shape, axes}, i) => {
    const keepDims = i % 2 === 0;
    return {
      kernel,
      name: `${dtype} [${shape}] over ${axes ? `[${axes}]` : 'all'}${keepDims ? ', dimensions kept' : ''}`,
      inputs: {x: {...template, shape}},
      attrs: attributes(kernel, axes && [...axes], keepDims),
      ...(shape.includes(0) && ofNothing),
      ...options,
    };
  });
}

/** The same for the index of an extreme, which has one axis. */
function argSweep(kernel: string, template: InputTemplate): KernelCase[] {
  const {dtype = 'float32'} = template;
  return reductions
    .filter(({axes}) => axes?.length === 1)
    .map(({shape, axes: [axis] = []}) => ({
      kernel,
      name: `${dtype} [${shape}] over ${axis}`,
      inputs: {x: {...template, shape}},
      attrs: attributes(kernel, axis, false),
    }));
}

/** One reduction over one axis, or all. */
function over(
  axis: number | undefined,
  kernel: string,
  name: string,
  x: InputSpec,
  options: CaseOptions = {},
): KernelCase {
  return {kernel, name, inputs: {x}, attrs: attributes(kernel, axis, false), ...options};
}

/** Terms that leave float32 four at a time, but not in double, which the CPU backend sums in. */
const largeTerms = (n: number, isPositive: (i: number) => boolean) =>
  Array.from({length: n}, (_, i) => (isPositive(i) ? 3e38 : -3e38));
const million: CaseOptions = {
  tolerance: {relative: 1e-7},
  tfjsWasm: {tolerance: {relative: 1e-4}, because: 'it sums in float32, one term after the other'},
};

const sums: readonly KernelCase[] = ['Sum', 'Mean'].flatMap((kernel) => [
  ...sweep(kernel, {}, {tolerance: ofOutput}),
  ...sweep(kernel, {dtype: 'int32'}, {tolerance: ofOutput}),
  ...sweep(kernel, {dtype: 'bool'}, kernel === 'Sum' ? {tfjsWasm: {differs: 'its sum of bool is bool'}} : {}),
  over(undefined, kernel, 'a million terms', {shape: [1_000_000], values: 'uniform'}, million),
  over(0, kernel, 'a million terms in four columns', {shape: [250_000, 4], values: 'uniform'}, million),
  over(0, kernel, 'large terms in a row', {shape: [17], values: largeTerms(17, (i) => i % 4 < 2)}, inFloat32),
  over(0, kernel, 'large terms in columns', {shape: [65, 2], values: largeTerms(130, (i) => i < 66)}, inFloat32),
  over(1, kernel, 'gradient over an inner axis', {shape: [2, 3, 4]}, {gradient: true}),
]);

/** Sums of more than a few integers, which are taken in vectors: of rows, of columns, of few columns in folded rows. */
const integers: readonly KernelCase[] = ['Sum', 'Mean'].flatMap((kernel) =>
  (['int32', 'bool'] as const).flatMap((dtype) => {
    const template: InputTemplate = dtype === 'int32' ? {dtype, values: 'extreme'} : {dtype};
    const options: CaseOptions = {
      // The CPU backend divides each term of a mean and rounds it: of terms of up to 2^31 here.
      tolerance: kernel === 'Mean' ? {relative: 1e-6, absolute: dtype === 'int32' ? 300 : 0} : undefined,
      tfjsWasm: {skip: 'it sums bool to bool, and means of int32 in int32'},
    };
    return [
      ...tails.flatMap((n) => [
        over(0, kernel, `${dtype} in ${n} columns`, {shape: [133, n], ...template}, options),
        over(1, kernel, `${dtype} in ${n} inner columns`, {shape: [2, 130, n], ...template}, options),
        over(1, kernel, `${dtype} in rows of ${90 + n}`, {shape: [3, 90 + n], ...template}, options),
      ]),
      over(1, kernel, `${dtype} in many columns`, {shape: [2, 3, 700], ...template}, options),
      over(undefined, kernel, `${dtype}, all of 100,003`, {shape: [100_003], ...template}, options),
      over(undefined, kernel, `${dtype}, a million`, {shape: [1000, 1000], dtype}, {bench: true, test: false}),
    ];
  }),
);

const products: readonly KernelCase[] = [
  ...sweep('Prod', {values: 'positive'}),
  // Products that leave int32, and those that leave even double, wrap as a number stored in an Int32Array does.
  ...sweep('Prod', {dtype: 'int32'}, {tfjsWasm: {skip: 'it multiplies in int32: large products lose other bits'}}),
  ...sweep('Prod', {dtype: 'bool'}, {tfjsWasm: {differs: 'its product of bool is bool'}}),
];

const extremes: readonly KernelCase[] = ['Max', 'Min'].flatMap((kernel) => [
  ...sweep(kernel, {}),
  ...sweep(kernel, {dtype: 'int32'}),
  ...sweep(kernel, {dtype: 'bool'}),
  over(1, kernel, 'gradient over an inner axis', {shape: [2, 3, 4], values: 'distinct'}, {gradient: true}),
]);

const indices: readonly KernelCase[] = ['ArgMax', 'ArgMin'].flatMap((kernel) => [
  ...argSweep(kernel, {}),
  ...argSweep(kernel, {dtype: 'int32'}),
  ...argSweep(kernel, {dtype: 'bool'}),
  // Few different values: the first of equal ones counts.
  over(1, kernel, 'ties in rows', {shape: [9, 50], values: 'uniform', range: [0, 3], dtype: 'int32'}),
  over(0, kernel, 'ties in columns', {shape: [50, 9], values: 'uniform', range: [0, 3], dtype: 'int32'}),
]);

const special: readonly KernelCase[] = ['Sum', 'Mean', 'Prod', 'Max', 'Min', 'ArgMax', 'ArgMin'].flatMap((kernel) => {
  const options: CaseOptions = {tolerance: ofOutput};
  if (kernel === 'Mean' || kernel === 'Prod') {
    options.tfjsWasm = {skip: 'it computes in the type of its input, where some of these sums and products overflow'};
  }
  return [
    over(1, kernel, 'special values in rows', {shape: [40, 20], values: 'special'}, options),
    over(0, kernel, 'special values in columns', {shape: [20, 40], values: 'special'}, options),
    over(1, kernel, 'extreme int32 in rows', {shape: [40, 20], dtype: 'int32', values: 'extreme'}, options),
    over(0, kernel, 'extreme int32 in columns', {shape: [20, 40], dtype: 'int32', values: 'extreme'}, options),
  ];
});

/** The reductions of a training step, LeNet's and larger ones. */
const timed: readonly KernelCase[] = [
  over(0, 'Sum', 'bias gradient [94080, 6]', {shape: [94080, 6]}),
  over(0, 'Sum', 'bias gradient [12000, 16]', {shape: [12000, 16]}),
  over(0, 'Sum', 'bias gradient [120, 84]', {shape: [120, 84]}),
  over(1, 'Sum', 'rows of ten classes', {shape: [12000, 10]}),
  over(undefined, 'Sum', 'a million', {shape: [1000, 1000]}),
  over(0, 'Mean', 'a channel of a batch', {shape: [128 * 26 * 26, 32]}),
  over(1, 'Max', 'rows of a thousand', {shape: [1000, 1000]}),
  over(1, 'ArgMax', 'rows of ten classes', {shape: [1000, 10]}),
].map((c) => ({...c, bench: true, test: false}));

export const cases: readonly KernelCase[] = [
  ...sums,
  ...integers,
  ...products,
  ...extremes,
  ...sweep('All', {dtype: 'bool'}),
  ...sweep('Any', {dtype: 'bool'}),
  ...indices,
  ...special,
  ...timed,
];
