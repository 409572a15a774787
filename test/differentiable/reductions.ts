import * as tf from '@tensorflow/tfjs-core';
import type {InputSpec} from '../cases/types';
import {between, type DifferentiableCase, differentiable, distinct, type Options} from './types';

type Axes = number | number[] | undefined;
type Reduce = (x: tf.Tensor, axes: Axes, keepDims: boolean) => tf.Tensor;

const axes: readonly (readonly [name: string, Axes])[] = [
  ['all axes', undefined],
  ['axis 0', 0],
  ['axis 1', 1],
  ['axis 2', 2],
  ['axis -1', -1],
  ['axes [0, 1]', [0, 1]],
  ['axes [0, 2]', [0, 2]],
  ['axes [2, 1]', [2, 1]],
  ['axes [-1, 0]', [-1, 0]],
];

function reductions(
  operation: string,
  input: InputSpec,
  run: Reduce,
  options: (axes: Axes) => Options = () => ({}),
): DifferentiableCase[] {
  return axes.flatMap(([name, at]) =>
    [false, true].map((keepDims) =>
      differentiable(
        operation,
        keepDims ? `${name}, keepDims` : name,
        [input],
        (x: tf.Tensor) => run(x, at, keepDims),
        options(at),
      ),
    ),
  );
}

const kinks = distinct(2, 3, 2);
const normal: InputSpec = {shape: [2, 3, 2]};

const compares: Options = {second: {missing: 'gradient function not found for Equal'}};
const prod: Options = {
  wrong: 'it calls methods of tensors that tfjs-core alone does not have',
  second: {missing: 'gradient function not found for Cumprod'},
};

const norms: readonly (readonly [name: string, order: number | 'euclidean' | 'fro', axis?: number | number[]])[] = [
  ['euclidean', 'euclidean'],
  ['euclidean, axis 1', 'euclidean', 1],
  ['euclidean, axes [0, 1]', 'euclidean', [0, 1]],
  ['1, axis 0', 1, 0],
  ['1, axes [0, 1]', 1, [0, 1]],
  ['2, axis 1', 2, 1],
  ['Infinity, axis 1', Number.POSITIVE_INFINITY, 1],
  ['-Infinity, axis 1', Number.NEGATIVE_INFINITY, 1],
  ['Infinity, axes [0, 1]', Number.POSITIVE_INFINITY, [0, 1]],
  ['-Infinity, axes [0, 1]', Number.NEGATIVE_INFINITY, [0, 1]],
  ['fro, axes [0, 1]', 'fro', [0, 1]],
];

/** Along the last axis of three, it is right. */
const transposed = (axis: number): Options => (axis === 0 || axis === 1 ? {wrong: 'it is transposed'} : {});

/** No two sums of magnitudes are equal. */
const matrix: InputSpec = {shape: [2, 3], values: [0.5, -1.5, 2.75, -3.5, 4.25, -0.75]};

export const cases: readonly DifferentiableCase[] = [
  ...reductions('sum', normal, tf.sum),
  ...reductions('mean', normal, tf.mean),
  ...reductions('prod', between(0.5, 1.5, [2, 3, 2]), tf.prod, () => prod),
  ...reductions('max', kinks, tf.max, () => compares),
  ...reductions('min', kinks, tf.min, () => compares),
  ...reductions('logSumExp', normal, tf.logSumExp, () => compares),
  ...reductions('euclideanNorm', kinks, tf.euclideanNorm),
  ...norms.flatMap(([name, order, axis]) =>
    [false, true].map((keepDims) =>
      differentiable(
        'norm',
        keepDims ? `${name}, keepDims` : name,
        [matrix],
        (x: tf.Tensor) => tf.norm(x, order, axis, keepDims),
        Math.abs(order as number) === Number.POSITIVE_INFINITY || name === '1, axes [0, 1]' ? compares : {},
      ),
    ),
  ),
  differentiable('norm', 'of a scalar', [distinct()], (x: tf.Tensor) => tf.norm(x)),
  differentiable('sum', 'of a scalar', [[]], (x: tf.Tensor) => tf.sum(x)),
  differentiable('mean', 'of a scalar', [[]], (x: tf.Tensor) => tf.mean(x)),
  differentiable('sum', 'of no axes', [[2, 3]], (x: tf.Tensor) => tf.sum(x, [])),
  differentiable('mean', 'of no axes', [[2, 3]], (x: tf.Tensor) => tf.mean(x, [])),
  differentiable('prod', 'with a zero', [{shape: [4], values: [1.5, 0, -2, 0.5]}], (x: tf.Tensor) => tf.prod(x), prod),
  differentiable('argMax', '', [kinks], (x: tf.Tensor) => tf.cast(tf.argMax(x, 1), 'float32')),
  differentiable('argMin', '', [kinks], (x: tf.Tensor) => tf.cast(tf.argMin(x, 1), 'float32')),
  differentiable('all', '', [kinks], (x: tf.Tensor) => tf.cast(tf.all(tf.cast(x, 'bool')), 'float32'), {
    missing: 'gradient function not found for All',
  }),
  differentiable('any', '', [kinks], (x: tf.Tensor) => tf.cast(tf.any(tf.cast(x, 'bool')), 'float32'), {
    missing: 'gradient function not found for Any',
  }),
  ...[0, 1, 2, -1].flatMap((axis) =>
    [false, true].flatMap((exclusive) =>
      [false, true].flatMap((reverse) => {
        const name = `axis ${axis}${exclusive ? ', exclusive' : ''}${reverse ? ', reverse' : ''}`;
        return [
          differentiable(
            'cumsum',
            name,
            [[2, 2, 2]],
            (x: tf.Tensor) => tf.cumsum(x, axis, exclusive, reverse),
            transposed(axis),
          ),
          differentiable('cumprod', name, [[2, 2, 2]], (x: tf.Tensor) => tf.cumprod(x, axis, exclusive, reverse), {
            missing: 'gradient function not found for Cumprod',
          }),
        ];
      }),
    ),
  ),
  differentiable(
    'cumsum',
    'axis 0 of a matrix that is not square',
    [[2, 3]],
    (x: tf.Tensor) => tf.cumsum(x, 0),
    transposed(0),
  ),
  differentiable('cumsum', 'of a vector', [[4]], (x: tf.Tensor) => tf.cumsum(x)),
];
