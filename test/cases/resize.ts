import {dtypes, timed} from './calls';
import {tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase, Tolerance} from './types';

/** Values of both signs, interpolated in float32: a small one carries the error of large ones. */
const ofOutput: Tolerance = {relative: 1e-6, of: 'output'};

type Pair = readonly [number, number];
const corners = {alignCorners: false, halfPixelCenters: false};
const modes = [corners, {...corners, alignCorners: true}, {...corners, halfPixelCenters: true}];

const label = (
  shape: readonly number[],
  size: Pair,
  mode: typeof corners,
  {dtype = 'float32', values}: Partial<InputSpec>,
) =>
  `${dtype} [${shape}] to [${size}]${mode.alignCorners ? ' corners' : ''}${mode.halfPixelCenters ? ' centers' : ''}${values ? ` ${values}` : ''}`;

const inFloat32: CaseOptions = {
  tfjsWasm: {tolerance: {relative: 1e-5, of: 'output'}, because: 'it takes the positions in float32'},
};

/** Both kernels, in all three modes. */
function resizes(shape: readonly number[], size: Pair, images: Partial<InputSpec> = {}): KernelCase[] {
  return modes.flatMap((mode) =>
    ['ResizeBilinear', 'ResizeNearestNeighbor'].map((kernel) => ({
      kernel,
      name: label(shape, size, mode, images),
      inputs: {images: {...images, shape}},
      attrs: {...mode, size: [...size]},
      tolerance: ofOutput,
      ...(kernel === 'ResizeBilinear' ? inFloat32 : {}),
    })),
  );
}

function grads(batch: number, [height, width]: Pair, channels: number, size: Pair): KernelCase[] {
  const shape = [batch, height, width, channels];
  return modes.flatMap((mode) =>
    ['ResizeBilinearGrad', 'ResizeNearestNeighborGrad'].map((kernel) => ({
      kernel,
      name: label(shape, size, mode, {}),
      inputs: {images: {shape}, dy: {shape: [batch, ...size, channels]}},
      attrs: {...mode, size: [...size]},
      tolerance: {relative: 2e-6, of: 'output'} as const,
      tfjsWasm: {skip: 'it ignores centers, swaps height and width, and takes the wrong image of a batch'},
    })),
  );
}

const swept: readonly KernelCase[] = [
  ...tails.flatMap((c) => [
    ...resizes([2, 3, 4, c], [5, 7]),
    ...grads(1, [3, 4], c, [5, 7]),
    ...grads(2, [4, 3], c, [3, 2]),
  ]),
  ...tails.flatMap((n) => [...resizes([1, 5, n, 1], [3, 9]), ...resizes([1, 4, 9, 2], [n, 5])]),
  ...tails.flatMap((n) => [...grads(2, [5, 4], 1, [n, 9]), ...grads(1, [5, 6], 3, [4, n])]),
  // The same size, one pixel, to one pixel, and by whole factors.
  ...(
    [
      [5, 6],
      [1, 1],
      [1, 6],
      [10, 12],
      [15, 3],
    ] as const
  ).flatMap((size) => [...resizes([2, 5, 6, 3], size), ...grads(2, [6, 5], 3, size)]),
  ...resizes([2, 1, 1, 5], [4, 3]),
  ...resizes([1, 1, 7, 1], [3, 20]),
  ...resizes([1, 28, 28, 1], [32, 32]),
  ...resizes([1, 50, 10, 2], [10, 50]),
  ...resizes([0, 3, 3, 2], [5, 5]),
  ...resizes([2, 3, 3, 0], [5, 5]),
  ...resizes([2, 3, 3, 2], [0, 5]),
  ...grads(0, [3, 3], 2, [5, 5]),
  ...dtypes
    .slice(1)
    .flatMap((dtype) => resizes([2, 3, 4, 5], [7, 6], {dtype}))
    .map((c) => (c.kernel === 'ResizeBilinear' ? c : {...c, tfjsWasm: {differs: 'its result is float32'}})),
];

const special: readonly KernelCase[] = resizes([1, 6, 7, 3], [9, 9], {values: 'special'})
  // In float32 the difference of two values near its limits is infinite, in the CPU backend's doubles it is not.
  .filter(({kernel}) => kernel === 'ResizeNearestNeighbor')
  .map((c) => ({...c, signedZero: true}));

const infinite: readonly KernelCase[] = resizes([1, 3, 3, 1], [5, 7], {
  values: [1, 2, Number.POSITIVE_INFINITY, 3, Number.NaN, 4, Number.NEGATIVE_INFINITY, 5, 6],
}).map((c) => ({
  ...c,
  name: `infinite ${c.name.slice(0, c.name.indexOf(' 1,2'))}`,
  ...(c.kernel === 'ResizeBilinear' ? {tfjsWasm: {differs: 'it multiplies pixels by 0 that are not read here'}} : {}),
}));

const differentiated: readonly KernelCase[] = modes.flatMap((mode) =>
  (
    [
      [5, 4],
      [2, 2],
    ] as const
  ).flatMap((size) =>
    ['ResizeBilinear', 'ResizeNearestNeighbor'].map((kernel) => ({
      kernel,
      name: `gradient ${size}${mode.alignCorners ? ' corners' : ''}${mode.halfPixelCenters ? ' centers' : ''}`,
      inputs: {images: {shape: [2, 3, 4, 2]}},
      attrs: {...mode, size: [...size]},
      tolerance: ofOutput,
      gradient: true,
    })),
  ),
);

const refused = (kernel: string, name: string, inputs: KernelCase['inputs'], size: number[], throws: RegExp) => ({
  ...{kernel, name, inputs, throws},
  attrs: {...corners, size},
});

const refusals: readonly KernelCase[] = ['ResizeBilinear', 'ResizeNearestNeighbor'].flatMap((kernel) => [
  refused(kernel, 'no pixels', {images: {shape: [1, 0, 3, 1]}}, [2, 2], /images are \[1,0,3,1\]; expected a height/),
  refused(kernel, 'no size', {images: {shape: [1, 2, 3, 1]}}, [-2, -2], /the new size is \[-2, -2\]; expected/),
  refused(
    `${kernel}Grad`,
    'another batch',
    {images: {shape: [1, 2, 2, 1]}, dy: {shape: [2, 3, 3, 1]}},
    [3, 3],
    /dy is \[2,3,3,1\], images are \[1,2,2,1\]/,
  ),
]);

const large: readonly KernelCase[] = (
  [
    [
      [128, 28, 28, 1],
      [32, 32],
    ],
    [
      [32, 28, 28, 32],
      [56, 56],
    ],
    [
      [8, 224, 224, 3],
      [128, 128],
    ],
  ] as const
).flatMap(([shape, size]) => [
  ...resizes(shape, size).slice(0, 2),
  ...grads(1, [shape[1], shape[2]], shape[3], size).slice(0, 2),
]);

/** Images at another size, and the gradients of it. */
export const cases: readonly KernelCase[] = [
  ...swept,
  ...special,
  ...infinite,
  ...differentiated,
  ...refusals,
  ...large.map((c) => ({...c, ...timed})),
];
