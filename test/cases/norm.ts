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

const onOtherAxis: CaseOptions = {tfjsWasm: {skip: 'it cycles the statistics along the last axis'}};

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
  ...[
    [1, 3, 1, 1],
    [2, 1, 1, 1],
    [1, 1, 4, 1],
    [1, 3, 4, 1],
    [2, 1, 1, 5],
    [1, 3, 1, 5],
    [3, 1, 1],
    [3, 4, 1],
  ].flatMap((of) => [
    batchNorm([2, 3, 4, 5], of, onOtherAxis),
    batchNorm([2, 3, 4, 5], of, {offset: false, scale: false, ...onOtherAxis}),
  ]),
  ...[
    [1, 3, 1, 1],
    [1, 2, 1],
    [2, 1, 1, 1],
  ].map((of) => ({
    ...batchNorm([2, 3, 2, 2], of, onOtherAxis),
    name: `gradient by [${of}]`,
    gradient: true as const,
    wrongGradient: 'statistics of another axis are not summed over the others',
  })),
  {
    ...batchNorm([2, 3, 2, 2], [1, 3, 1, 1], onOtherAxis),
    name: 'shapes that differ',
    inputs: {
      x: {shape: [2, 3, 4, 5]},
      mean: {shape: [1, 3, 1, 1]},
      variance: {shape: [2, 3, 1, 1], values: 'positive'},
      scale: {shape: [1, 1, 4, 1]},
      offset: {shape: [1, 1, 1, 5]},
    },
  },
  {
    ...batchNorm([2, 3, 4, 5], [1, 2, 1, 1], {scale: false, offset: false}),
    throws: /an operand of shape \[1,2,1,1\] cannot be broadcast to x of shape \[2,3,4,5\]/,
  },
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

/** By the statistics of x itself: of the last axis. */
function training(shape: readonly number[], options: Partial<KernelCase> & {x?: InputSpec} = {}): KernelCase {
  const {x = {shape}, ...rest} = options;
  const ofColumns = {shape: shape.slice(-1)};
  return {
    kernel: 'BatchNormTraining',
    name: `[${shape}]`,
    inputs: {x, scale: ofColumns, offset: ofColumns},
    attrs: {varianceEpsilon: 1e-3},
    tolerance: ofOutput,
    ...rest,
  };
}

/** What the gradient sums. */
function sums(shape: readonly number[], options: Partial<KernelCase> & {x?: InputSpec} = {}): KernelCase {
  const {x = {shape}, ...rest} = options;
  return {
    kernel: 'BatchNormSums',
    name: `[${shape}]`,
    inputs: {dy: {shape}, x, mean: {shape: shape.slice(-1)}},
    // Sums of terms of both signs.
    tolerance: {relative: 1e-5, of: 'output'},
    ...rest,
  };
}

/** Rows of part of a block of 64, of one, of several, and of more than 64 blocks; and columns that are no whole vectors. */
const statisticsShapes = [
  ...tails.map((n) => [3, 3, n]),
  ...[1, 2, 5, 63, 64, 65, 128, 200].map((n) => [n, 8]),
  [4161, 4],
  [9000, 12],
  [2, 3, 4, 36],
  [8],
  [0, 4],
  [3, 0],
];

const trainings: readonly KernelCase[] = [
  ...statisticsShapes.flatMap((shape) => [training(shape), sums(shape)]),
  training([300, 8], {
    name: 'a mean far larger than the deviation',
    x: {shape: [300, 8], values: 'uniform', range: [9999, 10001]},
  }),
  training([2000, 4], {
    name: 'one value far from all others, which are alike',
    x: {shape: [2000, 4], values: Array.from({length: 8000}, (_, i) => (i < 4 ? 0 : 1000.1))},
  }),
  ...['special', 'broken'].flatMap((values) => [
    training([50, 4], {name: `${values} values`, x: {shape: [50, 4], values: values as 'special'}}),
    sums([50, 4], {name: `${values} values`, x: {shape: [50, 4], values: values as 'special'}}),
  ]),
  training([3, 2, 4], {name: 'gradient', gradient: true}),
  training([5, 3], {name: 'gradient of columns that are no whole vectors', gradient: true}),
  {
    ...training([3, 4], {name: 'a scale of another length'}),
    inputs: {x: {shape: [3, 4]}, scale: {shape: [3]}, offset: {shape: [4]}},
    throws: /scale must be float32 of shape \[4\], the last of x, got float32 of \[3\]/,
  },
  {
    ...training([3, 4], {name: 'integers'}),
    inputs: {x: {shape: [3, 4], dtype: 'int32'}, scale: {shape: [4]}, offset: {shape: [4]}},
    throws: /x must be float32, got int32/,
  },
  {
    ...sums([3, 4], {name: 'shapes that differ'}),
    inputs: {dy: {shape: [3, 4]}, x: {shape: [4, 4]}, mean: {shape: [4]}},
    throws: /dy and x must have the same shape, got \[3,4\] and \[4,4\]/,
  },
  training([128, 26, 26, 32], timed),
  sums([128, 26, 26, 32], timed),
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

const usual = {depthRadius: 5, bias: 1, alpha: 1, beta: 0.5};

/** Local response normalization, and its gradient, which takes the output as an input. */
function localResponse(
  shape: readonly number[],
  attrs: Partial<typeof usual> = {},
  options: Partial<KernelCase> & {values?: InputSpec['values']} = {},
): KernelCase[] {
  const {values, gradient, ...rest} = options;
  const name = `[${shape}] ${Object.entries(attrs).join(' ')}${values ? ` ${values}` : ''}`;
  const common = {name, attrs: {...usual, ...attrs}, ...rest};
  return [
    {...common, kernel: 'LRN', inputs: {x: {shape, values}}, gradient},
    // The CPU backend rounds after each of the terms.
    {...common, kernel: 'LRNGrad', inputs: {x: {shape, values}, y: {shape}, dy: {shape}}, tolerance: ofOutput},
  ];
}

const localResponses: readonly KernelCase[] = [
  ...tails.map((n) => localResponse([2, 2, 3, n])),
  ...[0, 1, 2, 3, 16, 100].map((depthRadius) => localResponse([2, 3, 2, 17], {depthRadius})),
  ...[0.75, 1, 0, -2].map((beta) => localResponse([2, 3, 2, 9], {beta, alpha: 1e-4, bias: 2})),
  localResponse([2, 2, 3, 0]),
  localResponse([0, 2, 3, 4]),
  localResponse(
    [1, 2, 2, 9],
    {alpha: -0.3, beta: 1},
    {tfjsWasm: {tolerance: {relative: 1e-5}, because: 'it takes the squares off the bias in float32'}},
  ),
  // A negative number to a power that is no integer: NaN.
  localResponse([1, 2, 2, 9], {alpha: -3}),
  localResponse([1, 2, 1, 5], {depthRadius: 1, alpha: 0.5, beta: 0.75}, {gradient: true}),
  localResponse(
    [2, 3, 5, 20],
    {depthRadius: 2},
    {values: 'special', tfjsWasm: {differs: 'in float32 the squares of large values overflow'}},
  ),
  // Infinity, the power of 0, times 0 is NaN.
  localResponse([1, 1, 1, 6], {depthRadius: 1, bias: 0}, {values: [0, 0, 0, 1, 0, -2]}),
  localResponse([1, 1, 2, 7], {depthRadius: -1}),
  localResponse([8, 27, 27, 96], {alpha: 1e-4, beta: 0.75}, timed),
].flat();

const badLocalResponses: readonly KernelCase[] = [
  {kernel: 'LRN', name: 'rank 3', inputs: {x: {shape: [2, 3, 4]}}, attrs: usual, throws: /rank 4 .* got \[2,3,4\]/},
  {
    kernel: 'LRNGrad',
    name: 'shapes that differ',
    inputs: {x: {shape: [1, 2, 3, 4]}, y: {shape: [1, 2, 3, 4]}, dy: {shape: [1, 2, 3, 5]}},
    attrs: usual,
    throws: /equal shapes, got .*\[1,2,3,5\]/,
  },
];

export const cases: readonly KernelCase[] = [
  ...normalisations,
  ...trainings,
  ...softmaxes,
  ...localResponses,
  ...badLocalResponses,
];
