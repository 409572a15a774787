import {dtypes, timed} from './calls';
import {tails} from './sweeps';
import type {InputSpec, KernelCase} from './types';

/**
 * Boxes within the image, beyond its edges, turned over, of no size, and the whole of it. tfjs-backend-wasm takes the
 * positions in float32: none of those that would need rounding is half way between two pixels.
 */
const boxes = [
  [0.13, 0.2, 0.73, 0.91],
  [-0.4, -0.3, 1.2, 1.7],
  [0.91, 0.83, 0.1, -0.22],
  [0.5, 0.5, 0.5, 0.5],
  [0, 0, 1, 1],
  [1.5, 0, 2, 1],
  [0, -2, 1, -1],
].flat();

/** Nowhere, or only its first row or column somewhere. */
const strange = [
  [Number.NaN, 0, 1, 1],
  [0, 0, 1, Number.NaN],
  [0, 0, Number.POSITIVE_INFINITY, 1],
  [0, 0.5, 1, Number.NEGATIVE_INFINITY],
  [Number.NEGATIVE_INFINITY, 0, 1, 1],
  [-1e30, 0, 1e30, 1],
].flat();

function crops(
  shape: readonly number[],
  cropSize: readonly [number, number],
  values: readonly number[] = boxes,
  images: Partial<InputSpec> = {},
): KernelCase[] {
  const n = values.length / 4;
  const indices = Array.from({length: n}, (_, i) => (i * 2) % shape[0]);
  return ['bilinear', 'nearest'].map((method) => ({
    kernel: 'CropAndResize',
    name: `${images.dtype ?? ''} ${n} of [${shape}] to [${cropSize}] ${method} ${images.values ?? ''}`,
    inputs: {
      image: {...images, shape},
      boxes: {shape: [n, 4], values},
      boxInd: {shape: [n], dtype: 'int32', values: indices},
    },
    attrs: {cropSize: [...cropSize], method, extrapolationValue: -1.5},
    // Values of both signs, interpolated in float32: a small one carries the error of large ones.
    tolerance: {relative: 1e-6, of: 'output'},
  }));
}

const image: InputSpec = {shape: [2, 3, 3, 1]};
const refused = (name: string, boxShape: number[], indices: number[], throws: RegExp): KernelCase => ({
  kernel: 'CropAndResize',
  name,
  inputs: {
    image,
    boxes: {shape: boxShape, values: 'uniform'},
    boxInd: {shape: [indices.length], dtype: 'int32', values: indices},
  },
  attrs: {cropSize: [2, 2], method: 'bilinear', extrapolationValue: 0},
  throws,
});

/** Parts of images at another size. */
export const cases: readonly KernelCase[] = [
  ...tails.flatMap((c) => crops([3, 5, 6, c], [4, 3])),
  ...tails.flatMap((n) => [...crops([2, 7, 5, 1], [n, 4]), ...crops([2, 7, 5, 3], [3, n])]),
  ...crops([2, 7, 5, 2], [1, 1]),
  ...crops([1, 1, 1, 2], [3, 2]),
  ...[
    ...[1, 6].flatMap((c) => crops([2, 5, 6, c], [4, 3], strange)),
    ...crops([2, 5, 6, 3], [1, 1], strange).map((c) => ({...c, name: `strange ${c.name}`})),
  ].map((c) => (c.attrs?.method === 'nearest' ? {...c, tfjsWasm: {differs: 'it takes NaN for the first pixel'}} : c)),
  ...crops([3, 5, 6, 2], [4, 3], []),
  ...crops([3, 5, 6, 0], [4, 3]),
  ...dtypes.slice(1).flatMap((dtype) => crops([3, 5, 6, 3], [4, 3], boxes, {dtype})),
  ...crops([2, 6, 6, 3], [5, 5], boxes, {values: 'special'})
    // In float32 the difference of two values near its limits is infinite, in the CPU backend's doubles it is not.
    .filter(({attrs}) => attrs?.method === 'nearest'),
  refused('an index too large', [2, 4], [1, 2], /boxInd\[1\] is 2; there are 2 images/),
  refused('a negative index', [2, 4], [-1, 0], /boxInd\[0\] is -1; there are 2 images/),
  refused('boxes of three numbers', [2, 3], [0, 0], /boxes are \[2,3\], boxInd is \[2\]; expected/),
  refused('more boxes than indices', [2, 4], [0], /boxes are \[2,4\], boxInd is \[1\]; expected/),
  ...crops([8, 224, 224, 3], [64, 64]).map((c) => ({...c, ...timed})),
  ...crops([128, 28, 28, 1], [28, 28]).map((c) => ({...c, ...timed})),
];
