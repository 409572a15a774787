import type {DataType} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {
  anyDtype,
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

/** Few inputs, now and then more than fit into one call. */
const counts = fc.oneof({weight: 30, arbitrary: int(1, 5)}, int(129, 300));

/** Inputs of this shape, but for their sizes along one axis. */
function concat({shape, ...spec}: InputSpec, count: number, random: () => number): RandomCase {
  const at = random() % shape.length;
  const axis = random() % 3 ? at : at - shape.length;
  const inputs = Array.from({length: count}, () => ({shape: shape.with(at, random() % 6), ...spec}));
  return {inputs, attrs: {axis}, ...moved};
}

/** Inputs of this shape, along a new axis. */
function pack(spec: InputSpec, count: number, random: () => number): RandomCase {
  const rank = spec.shape.length + 1;
  const axis = random() % rank;
  return {inputs: Array.from({length: count}, () => spec), attrs: {axis: random() % 3 ? axis : axis - rank}, ...moved};
}

function expand(spec: InputSpec, random: () => number): RandomCase {
  const rank = spec.shape.length + 1;
  return {inputs: {input: spec}, attrs: {dim: (random() % (2 * rank)) - rank}, ...moved};
}

/** Values that every dtype can hold: the CPU backend keeps float32 ones, whatever the dtype. */
function onAndOff(dtype: DataType, random: () => number): {onValue: number; offValue: number} {
  if (dtype === 'bool') return {onValue: random() % 2, offValue: random() % 2};
  if (dtype === 'int32') return {onValue: (random() % 9) - 4, offValue: random() % 5};
  const values = [1, 0, 0.9, -0.05, Number.NaN, Number.NEGATIVE_INFINITY];
  return {onValue: values[random() % values.length], offValue: values[random() % values.length]};
}

const steps = fc.oneof(
  fc.constantFrom(1, -1, 0.1, -0.25, 2, -3, 1.5),
  int(1, 9).map((n) => n / 4),
);
const ends = fc.oneof(
  int(-20, 20),
  int(-99, 99).map((n) => n / 7),
);

/** Kernels that put tensors together or make them. */
export const random: RandomCases = {
  Concat: withGradient(
    fc
      .tuple(shapes, movedDtype, counts, anyNumber)
      .map(([shape, dtype, count, random]) =>
        concat({shape: shape.slice(0, count > 5 ? 2 : 5), dtype, ...mixed}, count, random),
      ),
    fc.tuple(smallShapes, int(1, 3), anyNumber).map(([shape, count, random]) => concat({shape}, count, random)),
  ),

  Pack: withGradient(
    fc
      .tuple(anyShape, movedDtype, counts, anyNumber)
      .map(([shape, dtype, count, random]) =>
        pack({shape: shape.slice(0, count > 5 ? 1 : 5), dtype, ...mixed}, count, random),
      ),
    fc.tuple(smallShapes, int(1, 2), anyNumber).map(([shape, count, random]) => pack({shape}, count, random)),
  ),

  ExpandDims: withGradient(
    fc.tuple(anyShape, anyDtype, anyNumber).map(([shape, dtype, random]) => expand({shape, dtype, ...mixed}, random)),
    fc.tuple(smallShapes, anyNumber).map(([shape, random]) => expand({shape}, random)),
  ),

  OneHot: fc
    .tuple(fc.array(int(0, 6), {maxLength: 3}), int(1, 40), anyDtype, fc.boolean(), anyNumber)
    .map(([shape, depth, dtype, outside, random]) => ({
      inputs: {
        indices: {shape, dtype: 'int32', ...(outside ? mixed : {values: 'uniform', range: [-1, depth] as const})},
      },
      attrs: {depth, dtype, ...onAndOff(dtype, random)},
      ...moved,
    })),

  Range: fc
    .tuple(ends, ends, steps, fc.constantFrom('float32', 'int32'))
    .map(([start, stop, step, dtype]) => ({inputs: {}, attrs: {start, stop, step, dtype}, ...moved})),

  LinSpace: fc
    .tuple(ends, ends, int(1, 70))
    .map(([start, stop, num]) => ({inputs: {}, attrs: {start, stop, num}, ...moved})),
};
