import {backend_util} from '@tensorflow/tfjs-core';
import type {CaseOptions, InputSpec, KernelCase, Tolerance} from './types';

type Triple = [number, number, number];

/** Means of means, rounded once more than the CPU backend's. */
const ofOutput: Tolerance = {relative: 1e-6, of: 'output'};

interface Pooling {
  filterSize: number | Triple;
  strides: number | Triple;
  pad: 'valid' | 'same' | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const outShape = (shape: readonly number[], {filterSize, strides, pad, dimRoundingMode}: Pooling) =>
  backend_util.computePool3DInfo(
    [...shape] as [number, number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  ).outShape;

const label = ({filterSize, strides, pad, dimRoundingMode}: Pooling) =>
  `${[filterSize].flat().join('x')} by ${[strides].flat().join('x')} ${pad}${dimRoundingMode ? ` ${dimRoundingMode}` : ''}`;

/** Whether it shows depends on the values of each window. */
const fromPositive: CaseOptions = {
  tfjsWasm: {skip: 'it searches for the largest value from the smallest positive float32 on, not from -Infinity'},
};

/** Whether it shows depends on the padding. */
const wholeWindow: CaseOptions = {tfjsWasm: {skip: 'it divides by the whole window, padding included'}};

/**
 * All kernels of one pooling, forward and backward. On the CPU backend MaxPool3D's gradient is wrong where the height
 * and the width of the window differ; src/backend/kernels/MaxPool3D.test.ts has those.
 */
function poolings(shape: readonly number[], pooling: Pooling, x: Partial<InputSpec> = {}): KernelCase[] {
  const name = `[${shape}] ${label(pooling)}${x.values ? ` ${x.values}` : ''}`;
  const dy = {shape: outShape(shape, pooling)};
  const input = {...x, shape};
  const attrs = {...pooling};
  const forward = {...attrs, dataFormat: 'NDHWC'};
  const [, height, width] = [pooling.filterSize, pooling.filterSize, pooling.filterSize].flat();
  const maxPoolGrad = {
    kernel: 'MaxPool3DGrad',
    name,
    inputs: {dy, input, output: dy},
    attrs,
    tolerance: ofOutput,
    ...fromPositive,
  };
  return [
    {kernel: 'MaxPool3D', name, inputs: {x: input}, attrs: forward, ...fromPositive},
    {kernel: 'AvgPool3D', name, inputs: {x: input}, attrs: forward, tolerance: ofOutput},
    ...(height === width ? [maxPoolGrad] : []),
    {kernel: 'AvgPool3DGrad', name, inputs: {dy, input}, attrs, tolerance: ofOutput, ...wholeWindow},
  ];
}

const half: Pooling = {filterSize: 2, strides: 2, pad: 'valid'};
const overlapping: Pooling = {filterSize: 3, strides: 2, pad: 'same'};

const swept: readonly KernelCase[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 17, 19, 33].flatMap((c) => [
    ...poolings([2, 4, 4, 6, c], half),
    ...poolings([1, 4, 7, 5, c], overlapping),
  ]),
  ...[1, 6].flatMap((c) => [
    ...poolings([2, 3, 5, 7, c], half),
    ...poolings([2, 3, 5, 7, c], {...half, pad: 'same'}),
    ...poolings([2, 5, 7, 9, c], {...half, pad: 1}),
  ]),
  ...poolings([1, 4, 6, 6, 5], {filterSize: 2, strides: 1, pad: 'same'}),
  ...poolings([1, 6, 9, 1, 1], {filterSize: [2, 2, 1], strides: [2, 3, 1], pad: 'valid'}),
  ...poolings([2, 5, 8, 9, 6], {filterSize: [1, 2, 2], strides: [1, 2, 2], pad: 'valid'}),
  ...poolings([2, 5, 8, 9, 6], {filterSize: [3, 1, 1], strides: [2, 1, 1], pad: 'same'}),
  ...poolings([2, 4, 8, 9, 6], {filterSize: [2, 3, 4], strides: [1, 2, 3], pad: 'same'}),
  ...poolings([1, 5, 7, 7, 20], {filterSize: [5, 7, 7], strides: 1, pad: 'valid'}),
  ...poolings([1, 2, 2, 2, 3], {filterSize: 5, strides: 2, pad: 'same'}),
  ...poolings([2, 3, 4, 4, 3], {filterSize: 1, strides: 1, pad: 'valid'}),
  ...poolings([1, 3, 4, 4, 3], {filterSize: 1, strides: 2, pad: 'valid'}),
  // tfjs gives such windows a negative padding: they begin inside of the volume.
  ...poolings([2, 8, 5, 5, 3], {filterSize: [1, 2, 2], strides: [4, 3, 3], pad: 'same'}),
  ...poolings([1, 5, 8, 8, 1], {filterSize: [1, 1, 1], strides: [3, 4, 4], pad: 'same'}),
  // Windows of nothing but padding, along each of the axes.
  ...poolings([1, 3, 4, 4, 5], {filterSize: 2, strides: 2, pad: 3}),
  ...poolings([1, 3, 4, 4, 5], {filterSize: [2, 5, 5], strides: 1, pad: 3}),
  ...poolings([1, 3, 4, 4, 5], {filterSize: [5, 2, 2], strides: 2, pad: 3}),
  ...(['floor', 'round', 'ceil'] as const).flatMap((dimRoundingMode) => [
    ...poolings([1, 4, 5, 6, 3], {filterSize: 2, strides: [2, 2, 3], pad: 0, dimRoundingMode}),
    ...poolings([1, 4, 6, 7, 3], {filterSize: [2, 3, 3], strides: [3, 2, 3], pad: 1, dimRoundingMode}),
  ]),
  ...poolings([0, 4, 4, 4, 3], half),
  ...poolings([2, 4, 4, 4, 0], half),
  ...poolings([1, 2, 4, 4, 3], {...half, filterSize: 3}),
  ...poolings([1, 0, 4, 4, 3], {filterSize: 2, strides: 1, pad: 1}),
];

/** Without negative values tfjs-backend-wasm agrees. */
const positive: readonly KernelCase[] = [1, 3, 4, 6, 17].flatMap((c) =>
  [
    ...poolings([2, 4, 4, 6, c], half, {values: 'positive'}),
    ...poolings([1, 4, 7, 5, c], overlapping, {values: 'positive'}),
    ...poolings([1, 4, 6, 6, c], {filterSize: [2, 3, 3], strides: [1, 2, 2], pad: 1}, {values: 'positive'}),
  ].map((c) => (c.kernel === 'AvgPool3DGrad' ? c : {...c, tfjsWasm: undefined})),
);

/** Small integers: the last of equal elements gets the gradient. */
const tied: readonly KernelCase[] = [1, 6].flatMap((c) => {
  const shape = [2, 4, 6, 6, c];
  const values = Array.from({length: 288 * c}, (_, i) => (i * 7 + (i >> 3)) % 3);
  return [half, overlapping].flatMap((pooling) =>
    poolings(shape, pooling, {values}).map((kernelCase) => ({
      ...kernelCase,
      tfjsWasm: kernelCase.kernel === 'AvgPool3DGrad' ? kernelCase.tfjsWasm : undefined,
      name: `ties ${label(pooling)} ${c}`,
    })),
  );
});

const special: readonly KernelCase[] = [1, 6].flatMap((c) =>
  [half, {filterSize: 3, strides: 1, pad: 'same'} as const].flatMap((pooling) =>
    poolings([2, 4, 6, 6, c], pooling, {values: 'special'}).filter(({kernel}) => kernel !== 'AvgPool3D'),
  ),
);

function differentiated(kernel: string, shape: readonly number[], pooling: Pooling): KernelCase {
  return {
    kernel,
    name: `gradient ${label(pooling)}`,
    inputs: {x: {shape, values: 'distinct'}},
    attrs: {...pooling, dataFormat: 'NDHWC'},
    tolerance: ofOutput,
    gradient: true,
    ...(kernel === 'MaxPool3D' ? fromPositive : {}),
  };
}

const others: readonly KernelCase[] = [
  ...[half, {...overlapping, pad: 3}].map((pooling) => ({
    kernel: 'MaxPool3D',
    name: `int32 ${label(pooling)}`,
    inputs: {x: {shape: [2, 4, 5, 6, 5], dtype: 'int32', values: 'extreme'} as const},
    attrs: {...pooling, dataFormat: 'NDHWC'},
    tfjsWasm: {skip: 'it reads the int32 values as float32'},
  })),
  {
    kernel: 'AvgPool3D',
    name: 'int32',
    inputs: {x: {shape: [1, 4, 4, 4, 3], dtype: 'int32'}},
    attrs: {...half, dataFormat: 'NDHWC'},
    tfjsWasm: {skip: 'it reads the int32 values as float32'},
  },
  {
    kernel: 'MaxPool3DGrad',
    name: 'windows of nothing but NaN and -Infinity',
    inputs: {
      dy: {shape: [1, 1, 1, 4, 1]},
      input: {
        shape: [1, 1, 2, 8, 1],
        values: [
          ...[Number.NaN, Number.NaN, -1, Number.NaN, Number.NaN, Number.NEGATIVE_INFINITY, 0, -0],
          ...[Number.NaN, Number.NaN, Number.NaN, -2, Number.NEGATIVE_INFINITY, Number.NaN, -0, 0],
        ],
      },
      output: {shape: [1, 1, 1, 4, 1]},
    },
    attrs: {filterSize: [1, 2, 2], strides: [1, 2, 2], pad: 'valid'},
    ...fromPositive,
  },
  {
    kernel: 'MaxPool3DGrad',
    name: 'a gradient of another shape than the output',
    inputs: {dy: {shape: [1, 2, 2, 1, 3]}, input: {shape: [1, 4, 4, 4, 3]}, output: {shape: [1, 2, 2, 2, 3]}},
    attrs: {...half},
    throws: /gradient has not the shape of the output.* 1,2,2,1,3 and 1,2,2,2,3/,
  },
  {
    kernel: 'MaxPool3D',
    name: 'an image',
    inputs: {x: {shape: [4, 4, 4, 3]}},
    attrs: {...half, dataFormat: 'NDHWC'},
    throws: /input of shape \[4,4,4,3\], expected rank 5/,
  },
  ...[0.5, -1].map((stride) => ({
    kernel: 'MaxPool3D',
    name: `a stride of ${stride}`,
    inputs: {x: {shape: [1, 4, 4, 4, 3]}},
    attrs: {...half, strides: [2, 2, stride], dataFormat: 'NDHWC'},
    throws: /strides is \[2, 2, .*\]; expected 3 whole numbers from 1 on/,
  })),
  ...['MaxPool3D', 'AvgPool3D'].flatMap((kernel) => [
    differentiated(kernel, [1, 2, 4, 4, 2], half),
    differentiated(kernel, [1, 3, 5, 5, 1], {filterSize: 3, strides: 2, pad: 'valid'}),
    differentiated(kernel, [1, 3, 5, 5, 1], overlapping),
    differentiated(kernel, [1, 2, 3, 2, 2], {filterSize: 2, strides: 1, pad: 'same'}),
  ]),
];

const timed: CaseOptions = {bench: true, test: false};

export const cases: readonly KernelCase[] = [
  ...swept,
  ...positive,
  ...tied,
  ...special,
  ...others,
  ...[
    ...poolings([8, 16, 32, 32, 32], half),
    ...poolings([8, 16, 32, 32, 1], half),
    ...poolings([4, 16, 28, 28, 64], {filterSize: [1, 2, 2], strides: [1, 2, 2], pad: 'valid'}),
    ...poolings([4, 16, 28, 28, 16], overlapping),
  ].map((c) => ({...c, ...timed})),
];
