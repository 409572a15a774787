import * as tf from '@tensorflow/tfjs-core';
import type {InputSpec} from '../cases/types';
import {between, type DifferentiableCase, differentiable, distinct, type Options} from './types';

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
type Shape = readonly number[];

/** Pairs of shapes that are broadcast: along one axis, along both, and with fewer dimensions. */
const pairs: readonly (readonly [name: string, a: Shape, b: Shape])[] = [
  ['same shapes', [2, 3], [2, 3]],
  ['[2,3] and [3]', [2, 3], [3]],
  ['[3] and [2,3]', [3], [2, 3]],
  ['[2,3] and []', [2, 3], []],
  ['[] and [2,3]', [], [2, 3]],
  ['[2,1] and [1,3]', [2, 1], [1, 3]],
  ['[2,1,2] and [3,1]', [2, 1, 2], [3, 1]],
];

type Draw = (shape: Shape, position: number) => InputSpec;
const normal: Draw = (shape) => ({shape});
const positive: Draw = (shape) => between(0.7, 3, shape);
const normalByPositive: Draw = (shape, position) => (position === 0 ? {shape} : between(0.7, 3, shape));

/** Values no two of which are equal, in both inputs: eighths in one, and sixteenths between them in the other. */
const apart: Draw = (shape, position) => ({shape, values: steps(shape, 0.5, position === 0 ? 0 : 0.25)});
/** Quotients of the two that are no whole numbers, and not near one. */
const fractions: Draw = (shape, position) => ({
  shape,
  values: position === 0 ? steps(shape, 2, 0.7) : steps(shape, 0, 2 - 2 ** -5),
});

function steps(shape: Shape, step: number, start: number): number[] {
  const size = shape.reduce((product, n) => product * n, 1);
  // By multiples of 5, so that neither input is sorted.
  return Array.from({length: size}, (_, i) => start + step * (((i * 5) % Math.max(1, size)) - (size >> 1)));
}

function broadcasts(
  operation: string,
  run: Binary,
  draw: Draw,
  options: (a: Shape, b: Shape) => Options = () => ({}),
): DifferentiableCase[] {
  return pairs.map(([name, a, b]) => differentiable(operation, name, [draw(a, 0), draw(b, 1)], run, options(a, b)));
}

const compares = (kernel: string): Options => ({second: {missing: `gradient function not found for ${kernel}`}});
/** tfjs-core's throws for operands that are broadcast. */
const shaped = (a: Shape, b: Shape): Options =>
  a.length === b.length && a.every((n, i) => n === b[i]) ? {} : {wrong: 'it has the shape of the output'};

export const cases: readonly DifferentiableCase[] = [
  ...broadcasts('add', tf.add, normal),
  ...broadcasts('sub', tf.sub, normal),
  ...broadcasts('mul', tf.mul, normal),
  ...broadcasts('div', tf.div, normalByPositive),
  ...broadcasts('divNoNan', tf.divNoNan, normalByPositive, () => ({missing: 'gradient function not found for Equal'})),
  ...broadcasts('atan2', tf.atan2, positive),
  ...broadcasts('floorDiv', tf.floorDiv, fractions, () => ({wrong: 'that of the division'})),
  ...broadcasts('mod', tf.mod, fractions),
  ...broadcasts('maximum', tf.maximum, apart, (a, b) => ({...shaped(a, b), ...compares('Less')})),
  ...broadcasts('minimum', tf.minimum, apart, (a, b) => ({...shaped(a, b), ...compares('Greater')})),
  ...broadcasts('pow', tf.pow, positive, () => compares('Greater')),
  ...broadcasts('squaredDifference', tf.squaredDifference, normal, shaped),
  differentiable('pow', 'a negative base, whole exponents', [between(-3, -1)], (x: tf.Tensor) =>
    tf.pow(x, tf.tensor([3, 2, 1, 0, -1, -2], [2, 3])),
  ),
  differentiable('pow', 'an int32 exponent', [[2, 3]], (x: tf.Tensor) => tf.pow(x, tf.scalar(3, 'int32'))),
  differentiable(
    'mod',
    'negative',
    [
      {shape: [4], values: [-5.3, 5.3, -5.3, 7.6]},
      {shape: [4], values: [2, -2, -2, -3]},
    ],
    tf.mod,
  ),
  differentiable('prelu', 'alpha of the same shape', [distinct(2, 3), [2, 3]], tf.prelu as Binary, compares('Greater')),
  differentiable('prelu', 'alpha for each channel', [distinct(2, 2, 3), [3]], tf.prelu as Binary, compares('Greater')),
  differentiable('prelu', 'alpha for each row', [distinct(2, 2, 3), [2, 1]], tf.prelu as Binary, compares('Greater')),
  differentiable(
    'addN',
    'three',
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    (...xs: tf.Tensor[]) => tf.addN(xs),
  ),
  differentiable(
    'addN',
    'one of them twice',
    [
      [2, 3],
      [2, 3],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.addN([a, b, a]),
  ),
  differentiable('mul', 'of a tensor by itself', [[2, 3]], (x: tf.Tensor) => tf.mul(x, x)),
  differentiable(
    'where',
    'a mask',
    [
      [2, 3],
      [2, 3],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.where(tf.tensor([1, 0, 1, 0, 0, 1], [2, 3], 'bool'), a, b),
  ),
  differentiable('where', 'broadcast', [[3], [2, 1]], (a: tf.Tensor, b: tf.Tensor) =>
    tf.where(tf.tensor([1, 0, 1, 0, 0, 1], [2, 3], 'bool'), a, b),
  ),
  differentiable(
    'where',
    'by a comparison of the input',
    [distinct(2, 3)],
    (x: tf.Tensor) => tf.where(tf.greater(x, 0), tf.square(x), x),
    {missing: 'gradient function not found for Greater'},
  ),
  differentiable('greaterEqual', '', [distinct(2, 3)], (x: tf.Tensor) => tf.cast(tf.greaterEqual(x, 0), 'float32')),
  ...(
    [
      ['greater', 'Greater', tf.greater],
      ['less', 'Less', tf.less],
      ['lessEqual', 'LessEqual', tf.lessEqual],
      ['equal', 'Equal', tf.equal],
      ['notEqual', 'NotEqual', tf.notEqual],
    ] as const
  ).map(([operation, kernel, run]) =>
    differentiable(operation, '', [distinct(2, 3)], (x: tf.Tensor) => tf.cast(run(x, 0), 'float32'), {
      missing: `gradient function not found for ${kernel}`,
    }),
  ),
];
