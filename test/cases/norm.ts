import {emptyShapes, tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase, Tolerance} from './types';

const ofOutput: Tolerance = {relative: 1e-6, of: 'output'};
const timed: CaseOptions = {bench: true, test: false};

/** Mean and variance, and scale and offset as asked for, all of the shape `of`. */
function batchNorm(
  shape: readonly number[],
  of: readonly number[],
  {scale = true, offset = true, ...options}: {scale?: boolean; offset?: boolean} & Partial<KernelCase> = {},
): KernelCase {
  const inputs: Record<string, InputSpec> = {
    x: {shape},
    mean: {shape: of},
    variance: {shape: of, values: 'positive'},
    ...(scale && {scale: {shape: of}}),
    ...(offset && {offset: {shape: of}}),
  };
  return {
    kernel: 'FusedBatchNorm',
    name: `[${shape}] by [${of}]${scale ? '' : ', no scale'}${offset ? '' : ', no offset'}`,
    inputs,
    attrs: {varianceEpsilon: 1e-3},
    tolerance: ofOutput,
    ...options,
  };
}

const normalisations: readonly KernelCase[] = [
  ...tails.map((n) => batchNorm([2, 3, 3, n], [n])),
  batchNorm([4, 5, 5, 6], [6], {scale: false}),
  batchNorm([4, 5, 5, 6], [6], {offset: false}),
  batchNorm([4, 5, 5, 6], [6], {scale: false, offset: false}),
  batchNorm([2, 3, 4, 5], [2, 3, 4, 5]),
  batchNorm([2, 3, 4, 5], [1, 1, 1, 1]),
  batchNorm([33, 7], [7]),
  batchNorm([2, 3, 4, 130], [130]),
  ...emptyShapes.map((shape) => batchNorm(shape, [3])),
  batchNorm([3, 2, 2, 4], [4], {
    name: 'default epsilon',
    attrs: {},
    tfjsWasm: {differs: 'it has no default, and gives NaN'},
  }),
  batchNorm([2, 2, 2, 3], [3], {name: 'gradient', gradient: true}),
  {
    ...batchNorm([2, 2, 2, 6], [6]),
    name: 'lengths that differ: each repeats for itself',
    inputs: {
      x: {shape: [2, 5, 6]},
      mean: {shape: [6]},
      variance: {shape: [4], values: 'positive'},
      scale: {shape: [1]},
      offset: {shape: [9]},
    },
  },
  {
    ...batchNorm([2, 40], [40]),
    name: 'a mean far larger than the deviation',
    inputs: {
      x: {shape: [2, 40], values: 'uniform', range: [9999, 10001]},
      mean: {shape: [40], values: 'uniform', range: [9999, 10001]},
      variance: {shape: [40], values: 'positive'},
    },
  },
  {
    ...batchNorm([3, 50], [50]),
    name: 'special values',
    inputs: {
      x: {shape: [3, 50], values: 'special'},
      mean: {shape: [50]},
      variance: {shape: [50], values: 'uniform', range: [-0.5, 1]},
    },
  },
  {
    ...batchNorm([3, 5], [5]),
    name: 'ranks that differ',
    inputs: {x: {shape: [3, 5]}, mean: {shape: [5]}, variance: {shape: [1, 5]}},
    throws: /equal ranks, got \[5\], \[1,5\], none, none/,
  },
  batchNorm([128, 26, 26, 32], [32], timed),
  batchNorm([128, 7, 7, 6], [6], timed),
];

function softmax(
  shape: readonly number[],
  options: Partial<KernelCase> & {values?: InputSpec['values']} = {},
): KernelCase {
  const {values, ...rest} = options;
  return {
    kernel: 'Softmax',
    name: `[${shape}]`,
    inputs: {logits: {shape, values}},
    attrs: {dim: shape.length - 1},
    ...rest,
  };
}

const softmaxes: readonly KernelCase[] = [
  ...tails.map((n) => softmax([3, n])),
  softmax([7, 10]),
  softmax([5, 1000]),
  softmax([2, 3, 4, 5]),
  softmax([9]),
  softmax([2, 5], {name: 'dimension -1', attrs: {dim: -1}, tfjsWasm: {differs: 'it takes -1 for no dimension'}}),
  softmax([40, 6], {
    name: 'special values',
    values: 'special',
    tfjsWasm: {tolerance: {absolute: 2e-38}, because: 'it gives 0 for what would be denormal'},
  }),
  softmax([3, 2], {name: 'far apart', values: [1000, -1000, -1000, -1000, 1e30, -1e30]}),
  ...emptyShapes.map((shape) => softmax(shape)),
  softmax([3, 4], {name: 'gradient', gradient: true}),
  softmax([3, 4], {name: 'another dimension', attrs: {dim: 0}, throws: /rank 2 and dim is 0; expected 1 or -1/}),
  softmax([128, 10], timed),
  softmax([128, 1000], timed),
];

export const cases: readonly KernelCase[] = [...normalisations, ...softmaxes];
