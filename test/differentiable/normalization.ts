import * as tf from '@tensorflow/tfjs-core';
import {between, type DifferentiableCase, differentiable, distinct, type Options} from './types';

type Shape = readonly number[];

/** Shapes of x and of its statistics. */
const statistics: readonly (readonly [name: string, x: Shape, of: Shape])[] = [
  ['a vector, of rank 4', [2, 2, 2, 3], [3]],
  ['a vector, of rank 3', [2, 2, 3], [3]],
  ['a vector, of rank 2', [3, 2], [2]],
  ['a vector, of rank 1', [3], [3]],
  ['[1,1,1,C]', [2, 2, 2, 3], [1, 1, 1, 3]],
  ['[1,C,1,1]', [2, 3, 2, 2], [1, 3, 1, 1]],
  ['[1,H,W,1]', [2, 2, 3, 2], [1, 2, 3, 1]],
  ['[B,1,1,1]', [3, 2, 2, 2], [3, 1, 1, 1]],
  ['of the shape of x', [2, 1, 2, 2], [2, 1, 2, 2]],
];

/** Statistics, scale and offset of shapes of their own. */
const mixed: readonly Shape[] = [
  [2, 2, 2, 3],
  [1, 1, 1, 3],
  [1, 1, 1, 3],
  [1, 1, 1, 3],
  [1, 1, 2, 3],
];

const absent: Options = {wrong: 'it fails where scale or offset is left out'};

const ofOutput: Options = {second: {wrong: 'the output is taken for a constant'}};
const unlinked: Options = {second: {unmended: 'the output is taken for a constant'}};

export const cases: readonly DifferentiableCase[] = [
  ...statistics.flatMap(([name, x, of]) => [
    differentiable(
      'batchNorm',
      name,
      [{shape: x}, {shape: of}, between(0.5, 2, of), {shape: of}, {shape: of}],
      (x: tf.Tensor4D, mean: tf.Tensor4D, variance: tf.Tensor4D, offset: tf.Tensor4D, scale: tf.Tensor4D) =>
        tf.batchNorm(x, mean, variance, offset, scale, 0.01),
    ),
    differentiable(
      'batchNorm',
      `${name}, no scale or offset`,
      [{shape: x}, {shape: of}, between(0.5, 2, of)],
      (x: tf.Tensor4D, mean: tf.Tensor4D, variance: tf.Tensor4D) => tf.batchNorm(x, mean, variance),
      absent,
    ),
  ]),
  differentiable(
    'batchNorm',
    'statistics of different shapes',
    mixed.map((shape, i) => (i === 2 ? between(0.5, 2, shape) : {shape})),
    (x: tf.Tensor4D, mean: tf.Tensor4D, variance: tf.Tensor4D, offset: tf.Tensor4D, scale: tf.Tensor4D) =>
      tf.batchNorm(x, mean, variance, offset, scale, 0.01),
  ),
  differentiable(
    'batchNorm',
    'statistics of x itself',
    [[4, 3]],
    (x: tf.Tensor2D) => {
      const {mean, variance} = tf.moments(x, 0);
      return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D);
    },
    absent,
  ),
  ...(
    [
      ['', 5, 1, 1, 0.5],
      ['radius 1', 1, 1, 0.5, 0.75],
      ['radius 0, bias 2', 0, 2, 1, 1],
    ] as const
  ).map(([name, radius, bias, alpha, beta]) =>
    differentiable(
      'localResponseNormalization',
      name,
      [[1, 2, 1, 5]],
      (x: tf.Tensor4D) => tf.localResponseNormalization(x, radius, bias, alpha, beta),
      {second: {missing: 'gradient function not found for LRNGrad'}},
    ),
  ),
  differentiable('softmax', '', [[3, 4]], (x: tf.Tensor) => tf.softmax(x), ofOutput),
  differentiable('softmax', 'rank 1', [[4]], (x: tf.Tensor) => tf.softmax(x), ofOutput),
  differentiable('softmax', 'rank 3', [[2, 2, 3]], (x: tf.Tensor) => tf.softmax(x), ofOutput),
  differentiable('logSoftmax', '', [[3, 4]], (x: tf.Tensor) => tf.logSoftmax(x), unlinked),
  differentiable('logSoftmax', 'rank 3', [[2, 2, 3]], (x: tf.Tensor) => tf.logSoftmax(x), unlinked),
  differentiable('moments', 'all axes', [[2, 3]], (x: tf.Tensor) => Object.values(tf.moments(x))),
  differentiable('moments', 'axis 1, keepDims', [[2, 3, 2]], (x: tf.Tensor) => Object.values(tf.moments(x, 1, true))),
  differentiable('dropout', '', [[3, 4]], (x: tf.Tensor) => tf.dropout(x, 0.4, undefined, 3)),
  differentiable('movingAverage', '', [[3], [3]], (v: tf.Tensor, x: tf.Tensor) => tf.movingAverage(v, x, 0.9, 3)),
  differentiable('topk', '', [distinct(2, 4)], (x: tf.Tensor) => tf.topk(x, 2).values, {
    missing: 'gradient function not found for TopK',
  }),
];
