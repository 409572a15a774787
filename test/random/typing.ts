import {type DataType, util} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {
  anyDtype,
  anyNumber,
  anyShape,
  EXACT,
  int,
  type RandomCase,
  type RandomCases,
  smallShapes,
  withGradient,
} from './types';

const exact = {tolerance: EXACT, signedZero: true};
const mixed = {values: 'mixed'} as const;
const everyDtype = fc.constantFrom<DataType>('float32', 'int32', 'bool', 'complex64');

/** Any tensor. */
const tensors = fc.tuple(anyShape, everyDtype).map(([shape, dtype]): InputSpec => ({shape, dtype, ...mixed}));

/** int32 that becomes float32 keeps bits on the CPU backend that float32 has no room for. */
function castable(spec: InputSpec, to: DataType): InputSpec {
  const widens = spec.dtype === 'int32' && (to === 'float32' || to === 'complex64');
  return widens ? {...spec, values: 'uniform', range: [-(2 ** 24), 2 ** 24]} : spec;
}

/** A shape of as many elements; one dimension may be left to be inferred. */
function reshaped(shape: readonly number[], random: () => number): number[] {
  let rest = util.sizeFromShape([...shape]);
  if (rest === 0) return random() % 2 ? [0] : [2, 0, 3];
  const result: number[] = [];
  while (rest > 1 || random() % 4 === 0) {
    const divisors = [1, 2, 3, 4, 5, 6, 7, rest].filter((n) => rest % n === 0);
    const n = divisors[random() % divisors.length];
    result.push(n);
    rest /= n;
  }
  if (result.length > 0 && random() % 3 === 0) result[random() % result.length] = -1;
  return result;
}

const reshape = (x: InputSpec, random: () => number): RandomCase => ({
  inputs: {x},
  attrs: {shape: reshaped(x.shape, random)},
  ...exact,
});

const like = withGradient(
  tensors.map((x) => ({inputs: {x}, ...exact})),
  smallShapes.map((shape) => ({inputs: {x: {shape}}, ...exact})),
);

/** Kernels that make, choose or convert values, or share them, without computing any. */
export const random: RandomCases = {
  Cast: withGradient(
    fc.tuple(tensors, everyDtype).map(([x, dtype]) => ({inputs: {x: castable(x, dtype)}, attrs: {dtype}, ...exact})),
    smallShapes.map((shape) => ({inputs: {x: {shape}}, attrs: {dtype: 'float32'}, ...exact})),
  ),

  Fill: fc
    .tuple(
      anyShape,
      fc.constantFrom('float32', 'int32', 'bool', undefined),
      fc.oneof(
        int(-300, 300).map((n) => n / 4),
        fc.constantFrom(-0, 1e10, 1e-40, Number.NaN, Number.NEGATIVE_INFINITY),
      ),
    )
    .map(([shape, dtype, value]) => ({inputs: {}, attrs: {shape, value, ...(dtype && {dtype})}, ...exact})),

  ZerosLike: like,
  OnesLike: like,
  Identity: like,

  Reshape: withGradient(
    fc.tuple(tensors, anyNumber).map(([x, random]) => reshape(x, random)),
    fc.tuple(smallShapes, anyNumber).map(([shape, random]) => reshape({shape}, random)),
  ),

  Complex: anyShape.map((shape) => ({inputs: {real: {shape, ...mixed}, imag: {shape, ...mixed}}, ...exact})),
  Real: anyShape.map((shape) => ({inputs: {input: {shape, dtype: 'complex64', ...mixed}}, ...exact})),
  Imag: anyShape.map((shape) => ({inputs: {input: {shape, dtype: 'complex64', ...mixed}}, ...exact})),

  // All of one shape, as tf.where has them: by a condition of rank 1 the CPU backend takes the wrong elements of others.
  Select: withGradient(
    fc.tuple(anyShape, anyDtype, anyDtype).map(([shape, t, e]) => ({
      inputs: {
        condition: {shape, dtype: 'bool'},
        t: castable({shape, dtype: t, ...mixed}, e),
        e: castable({shape, dtype: e, ...mixed}, t),
      },
      ...exact,
    })),
    smallShapes.map((shape) => ({inputs: {condition: {shape, dtype: 'bool'}, t: {shape}, e: {shape}}, ...exact})),
    ['t', 'e'],
  ),
};
