import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {sliceAttrs, stridedSliceAttrs} from './strided';
import {
  anyNumber,
  anyShape,
  EXACT,
  int,
  movedDtype,
  type RandomCase,
  type RandomCases,
  shapes,
  smallShapes,
  withGradient,
} from './types';

const moved = {tolerance: EXACT, signedZero: true};
const mixed = {values: 'mixed'} as const;

/** Sizes whose sum is n, one of them perhaps left to be inferred, or a number of equal parts. */
function partsOf(n: number, random: () => number): number | number[] {
  const counts = [1, 2, 3, 4, 5, n].filter((count) => count > 0 && n % count === 0);
  if (random() % 3 === 0) return counts[random() % counts.length];
  const sizes: number[] = [];
  let rest = n;
  while (rest > 0 && sizes.length < 5) {
    const size = random() % (rest + 1);
    sizes.push(size);
    rest -= size;
  }
  sizes.push(rest);
  // Where the first one is to be inferred, tfjs-core takes its -1 for a size, too.
  if (sizes.length > 1 && random() % 3 === 0) sizes[1 + (random() % (sizes.length - 1))] = -1;
  return sizes;
}

function split(spec: InputSpec, random: () => number, parts = partsOf): RandomCase {
  const rank = spec.shape.length;
  const axis = random() % rank;
  const attrs = {numOrSizeSplits: parts(spec.shape[axis], random), axis: random() % 3 ? axis : axis - rank};
  return {inputs: {x: spec}, attrs, ...moved};
}

function unpack(spec: InputSpec, random: () => number): RandomCase {
  const rank = spec.shape.length;
  const axis = random() % rank;
  return {inputs: {value: spec}, attrs: {axis: random() % 3 ? axis : axis - rank}, ...moved};
}

/** Indices of any rank up to three, of which the first batchDims are x's too. */
function gather(spec: InputSpec, batchDims: number, random: () => number): RandomCase {
  const {shape} = spec;
  const axis = batchDims + (random() % (shape.length - batchDims));
  const n = shape[axis];
  const indexShape = [
    ...shape.slice(0, batchDims),
    ...Array.from({length: random() % 3}, () => (n === 0 ? 0 : random() % 5)),
  ];
  // A scalar is one index, which there is none of into nothing.
  if (n === 0 && !indexShape.includes(0)) indexShape.push(0);
  const count = indexShape.reduce((a, b) => a * b, 1);
  const values = Array.from({length: count}, () => random() % n);
  const attrs = {
    axis: random() % 3 ? axis : axis - shape.length,
    batchDims: random() % 3 || batchDims === 0 ? batchDims : batchDims - indexShape.length,
  };
  return {inputs: {x: spec, indices: {shape: indexShape, dtype: 'int32', values}}, attrs, ...moved};
}

/** Kernels that take a part: slices, splits, gathers. tfjs has no gradients of splits into one. */
export const random: RandomCases = {
  Slice: withGradient(
    fc.tuple(shapes, movedDtype, anyNumber).map(([shape, dtype, random]) => ({
      inputs: {x: {shape, dtype, ...mixed}},
      attrs: sliceAttrs(shape, random),
      ...moved,
    })),
    fc
      .tuple(smallShapes, anyNumber)
      .map(([shape, random]) => ({inputs: {x: {shape}}, attrs: sliceAttrs(shape, random), ...moved})),
  ),

  StridedSlice: fc.tuple(anyShape, movedDtype, anyNumber).map(([shape, dtype, random]) => ({
    inputs: {x: {shape, dtype, ...mixed}},
    attrs: stridedSliceAttrs(shape, random),
    ...moved,
  })),

  SplitV: withGradient(
    fc.tuple(shapes, movedDtype, anyNumber).map(([shape, dtype, random]) => split({shape, dtype, ...mixed}, random)),
    fc
      .tuple(smallShapes, anyNumber)
      .map(([shape, random]) => split({shape: shape.map((n) => n + 1)}, random, (n) => [1, n - 1])),
  ),

  Unpack: withGradient(
    fc.tuple(shapes, movedDtype, anyNumber).map(([shape, dtype, random]) => unpack({shape, dtype, ...mixed}, random)),
    fc
      .tuple(smallShapes, anyNumber)
      .map(([shape, random]) => unpack({shape: shape.map((n) => Math.max(n, 2))}, random)),
  ),

  GatherV2: withGradient(
    fc.tuple(shapes, movedDtype, int(0, 2), anyNumber).map(([shape, dtype, batchDims, random]) =>
      // The CPU backend divides by the number of batches, which is not 0 then.
      gather(
        {shape, dtype, ...mixed},
        shape.slice(0, batchDims).includes(0) ? 0 : Math.min(batchDims, shape.length - 1),
        random,
      ),
    ),
    // tfjs's gradient of batched indices calls methods of tensors that only the package @tensorflow/tfjs registers.
    fc.tuple(smallShapes, anyNumber).map(([shape, random]) => gather({shape}, 0, random)),
    ['x'],
  ),
};
