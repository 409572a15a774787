import {backend_util} from '@tensorflow/tfjs-core';
import type {CaseOptions, InputSpec, KernelCase, Tolerance} from './types';

const ofOutput: Tolerance = {relative: 1e-6, of: 'output'};

interface Pooling {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
}

const outShape = (shape: readonly number[], {filterSize, strides, pad}: Pooling) =>
  backend_util.computePool2DInfo([...shape] as [number, number, number, number], filterSize, strides, 1, pad).outShape;

const label = ({filterSize, strides, pad}: Pooling) =>
  `${[filterSize].flat().join('x')} by ${[strides].flat().join('x')} ${JSON.stringify(pad)}`;

/** Whether it shows depends on the values of each window. */
const fromPositive: CaseOptions = {
  tfjsWasm: {skip: 'it searches for the largest value from the smallest positive float32 on, not from -Infinity'},
};

/** Whether it shows depends on the padding. */
const wholeWindow: CaseOptions = {tfjsWasm: {skip: 'it divides by the whole window, padding included'}};

/** All kernels of one pooling: forward, backward, and with indices. */
function poolings(shape: readonly number[], pooling: Pooling, x: Partial<InputSpec> = {}): KernelCase[] {
  const name = `[${shape}] ${label(pooling)}${x.values ? ` ${x.values}` : ''}`;
  const dy = {shape: outShape(shape, pooling)};
  const input = {...x, shape};
  const attrs = {...pooling};
  return [
    {kernel: 'MaxPool', name, inputs: {x: input}, attrs},
    {kernel: 'AvgPool', name, inputs: {x: input}, attrs, tolerance: ofOutput},
    // tfjs hands the output in too; it is not needed to know where the largest elements are.
    {kernel: 'MaxPoolGrad', name, inputs: {dy, input, output: dy}, attrs, tolerance: ofOutput, ...fromPositive},
    {kernel: 'AvgPoolGrad', name, inputs: {dy, input}, attrs, tolerance: ofOutput, ...wholeWindow},
    ...[false, true].map((includeBatchInIndex) => ({
      kernel: 'MaxPoolWithArgmax',
      name: `${name}${includeBatchInIndex ? ', batch in index' : ''}`,
      inputs: {x: input},
      attrs: {...attrs, includeBatchInIndex},
      ...fromPositive,
    })),
  ];
}

const half: Pooling = {filterSize: 2, strides: 2, pad: 'valid'};
const channels = [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 17, 19, 33];

/** The fields that explicit padding has for the batch and the channels. */
const explicit = (top: number, bottom: number, left: number, right: number): backend_util.ExplicitPadding => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];

const swept: readonly KernelCase[] = [
  ...channels.flatMap((c) => [
    ...poolings([2, 6, 6, c], half),
    ...poolings([1, 7, 5, c], {filterSize: 3, strides: 2, pad: 'same'}),
  ]),
  // What 2 x 2 leaves over at the edges, or cuts there.
  ...[1, 3, 6].flatMap((c) => [
    ...poolings([2, 5, 7, c], half),
    ...poolings([2, 5, 7, c], {...half, pad: 'same'}),
    ...poolings([2, 7, 9, c], {...half, pad: 1}),
  ]),
  ...poolings([1, 6, 9, 1], {filterSize: 2, strides: [2, 3], pad: 'valid'}),
  ...poolings([1, 6, 6, 5], {filterSize: 2, strides: 1, pad: 'same'}),
  ...poolings([1, 9, 9, 5], {filterSize: 2, strides: 3, pad: 'same'}),
  ...poolings([2, 8, 9, 6], {filterSize: [3, 2], strides: [1, 2], pad: 'valid'}),
  ...poolings([2, 8, 9, 6], {filterSize: [1, 4], strides: [2, 1], pad: 'same'}),
  ...poolings([1, 7, 7, 20], {filterSize: 7, strides: 1, pad: 'valid'}),
  ...poolings([1, 5, 5, 3], {filterSize: 5, strides: 2, pad: 'same'}),
  ...poolings([2, 5, 6, 6], {filterSize: 3, strides: 2, pad: explicit(1, 2, 0, 1)}),
  ...poolings([1, 4, 4, 3], {filterSize: 1, strides: 2, pad: 'valid'}),
  ...poolings([1, 4, 4, 3], {filterSize: 1, strides: 1, pad: 'valid'}),
  ...poolings([0, 4, 4, 3], half),
  ...poolings([2, 4, 4, 0], half),
];

/** Without negative values tfjs-backend-wasm agrees. */
const positive: readonly KernelCase[] = channels.flatMap((c) =>
  [
    ...poolings([2, 6, 6, c], half, {values: 'positive'}),
    ...poolings([1, 7, 5, c], {filterSize: 3, strides: 2, pad: 'same'}, {values: 'positive'}),
  ].map((c) => (c.kernel === 'AvgPoolGrad' ? c : {...c, tfjsWasm: undefined})),
);

/** Small integers: the first of equal elements gets the gradient. */
const tied: readonly KernelCase[] = [1, 5, 6].flatMap((c) => {
  const shape = [2, 8, 8, c];
  const values = Array.from({length: 128 * c}, (_, i) => (i * 7 + (i >> 3)) % 3);
  return [
    ...poolings(shape, half, {values}),
    ...poolings(shape, {filterSize: 3, strides: 2, pad: 'same'}, {values}),
  ].map((kernelCase) => ({
    ...kernelCase,
    name: `ties ${label(kernelCase.attrs as unknown as Pooling)} ${c} ${kernelCase.attrs?.includeBatchInIndex ?? ''}`,
  }));
});

const special: readonly KernelCase[] = [1, 6].flatMap((c) =>
  [half, {filterSize: 3, strides: 1, pad: 'same'} as const].flatMap((pooling) =>
    poolings([2, 8, 8, c], pooling, {values: 'special'})
      .filter(({kernel}) => kernel !== 'AvgPool')
      .map((c) => (c.kernel === 'MaxPool' ? {...c, tfjsWasm: {differs: 'NaN hides what comes before it'}} : c)),
  ),
);

function differentiated(kernel: string, shape: readonly number[], pooling: Pooling): KernelCase {
  return {
    kernel,
    name: `gradient ${label(pooling)}`,
    inputs: {x: {shape, values: 'distinct'}},
    attrs: {...pooling},
    gradient: true,
  };
}

const others: readonly KernelCase[] = [
  {
    kernel: 'MaxPool',
    name: 'int32',
    inputs: {x: {shape: [2, 7, 7, 5], dtype: 'int32', values: 'extreme'}},
    attrs: {filterSize: 3, strides: 2, pad: 'same'},
  },
  {
    kernel: 'MaxPool',
    name: 'int32 2x2',
    inputs: {x: {shape: [2, 6, 6, 6], dtype: 'int32', values: 'extreme'}},
    attrs: {...half},
  },
  {
    kernel: 'MaxPool',
    name: 'windows of nothing but NaN and -Infinity',
    inputs: {
      x: {
        shape: [1, 2, 4, 1],
        values: [Number.NaN, Number.NaN, -1, Number.NaN, Number.NaN, Number.NEGATIVE_INFINITY, Number.NaN, -2],
      },
    },
    attrs: {...half},
  },
  ...['MaxPool', 'AvgPool'].flatMap((kernel) => [
    differentiated(kernel, [1, 4, 4, 3], half),
    differentiated(kernel, [1, 5, 5, 3], {filterSize: 3, strides: 2, pad: 'valid'}),
    differentiated(kernel, [1, 5, 5, 3], {filterSize: 3, strides: 2, pad: 'same'}),
    differentiated(kernel, [1, 2, 2, 1], {filterSize: 2, strides: 1, pad: 'same'}),
    differentiated(kernel, [1, 4, 5, 2], {filterSize: 3, strides: 2, pad: 1}),
    differentiated(kernel, [1, 4, 5, 2], {filterSize: [3, 2], strides: 1, pad: explicit(2, 0, 1, 1)}),
  ]),
];

const large: readonly KernelCase[] = [
  ...[1, 6, 16].map((c) => [128, 28, 28, c]),
  ...[32, 64].map((c) => [128, 14, 14, c]),
].flatMap((shape) => poolings(shape, half));

const timed: CaseOptions = {bench: true, test: false};

export const cases: readonly KernelCase[] = [
  ...swept,
  ...positive,
  ...tied,
  ...special,
  ...others,
  ...[...large, ...poolings([64, 7, 7, 256], {filterSize: 3, strides: 2, pad: 'valid'})].map((c) => ({...c, ...timed})),
];
