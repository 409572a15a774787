import * as tf from '@tensorflow/tfjs-core';
import type {InputSpec} from '../cases/types';
import {between, type DifferentiableCase, differentiable, type Options} from './types';

const {Reduction} = tf;
const reductions = [
  ['', undefined],
  ['MEAN', Reduction.MEAN],
  ['NONE', Reduction.NONE],
  ['SUM', Reduction.SUM],
] as const;

type Run = (
  labels: tf.Tensor,
  predictions: tf.Tensor,
  weights: tf.Tensor | undefined,
  reduction?: tf.Reduction,
) => tf.Tensor;

/** A loss by labels and predictions, with each reduction; and by its weights, of a shape that is broadcast. */
function loss(operation: string, inputs: readonly InputSpec[], weights: InputSpec, run: Run, options?: Options) {
  return [
    ...reductions.map(([name, reduction]) =>
      differentiable(
        operation,
        name,
        inputs,
        (labels: tf.Tensor, predictions: tf.Tensor) => run(labels, predictions, undefined, reduction),
        options,
      ),
    ),
    differentiable(
      operation,
      'weights',
      [...inputs, weights],
      (labels: tf.Tensor, predictions: tf.Tensor, weights: tf.Tensor) =>
        run(labels, predictions, weights, Reduction.SUM),
      options,
    ),
  ];
}

const labels: InputSpec = {shape: [2, 3], values: [1, -2, 0.5, 0.25, 3, -1]};
const predictions: InputSpec = {shape: [2, 3], values: [1.5, 0.5, 0.125, -3.25, 2.25, -0.25]};
const both = [labels, predictions];
const probabilities = [between(0.2, 0.8), between(0.3, 0.7)];
const perRow: InputSpec = between(0.5, 2, [2, 1]);
const perExample: InputSpec = between(0.5, 2, [2]);

const oneHot = () =>
  tf.tensor2d([
    [0, 1, 0],
    [1, 0, 0],
  ]);

const compares: Options = {second: {missing: 'gradient function not found for LessEqual'}};
const unlinked: Options = {second: {unmended: 'the logarithms of the probabilities are taken for constants'}};

export const cases: readonly DifferentiableCase[] = [
  ...loss('losses.absoluteDifference', both, perRow, (y, x, w, r) => tf.losses.absoluteDifference(y, x, w, r)),
  ...loss('losses.cosineDistance', both, perRow, (y, x, w, r) => tf.losses.cosineDistance(y, x, 1, w, r)),
  ...loss('losses.hingeLoss', both, perRow, (y, x, w, r) => tf.losses.hingeLoss(y, x, w, r)),
  ...loss('losses.huberLoss', both, perRow, (y, x, w, r) => tf.losses.huberLoss(y, x, w, 1, r), compares),
  ...loss('losses.logLoss', probabilities, perRow, (y, x, w, r) => tf.losses.logLoss(y, x, w, 1e-7, r)),
  ...loss('losses.meanSquaredError', both, perRow, (y, x, w, r) => tf.losses.meanSquaredError(y, x, w, r)),
  ...loss('losses.sigmoidCrossEntropy', both, perRow, (y, x, w, r) => tf.losses.sigmoidCrossEntropy(y, x, w, 0, r)),
  differentiable('losses.sigmoidCrossEntropy', 'label smoothing', both, (y: tf.Tensor, x: tf.Tensor) =>
    tf.losses.sigmoidCrossEntropy(y, x, undefined, 0.2),
  ),
  ...reductions.map(([name, reduction]) =>
    differentiable(
      'losses.softmaxCrossEntropy',
      name,
      [predictions],
      (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(oneHot(), x, undefined, 0, reduction),
      unlinked,
    ),
  ),
  differentiable(
    'losses.softmaxCrossEntropy',
    'weights',
    [predictions, perExample],
    (x: tf.Tensor, w: tf.Tensor) => tf.losses.softmaxCrossEntropy(oneHot(), x, w, 0, Reduction.SUM),
    unlinked,
  ),
  differentiable(
    'losses.softmaxCrossEntropy',
    'label smoothing',
    [predictions],
    (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(oneHot(), x, undefined, 0.2),
    unlinked,
  ),
  differentiable(
    'losses.softmaxCrossEntropy',
    'its labels',
    [between(0.2, 0.8)],
    (y: tf.Tensor) =>
      tf.losses.softmaxCrossEntropy(
        y,
        tf.tensor2d([
          [1, 0.5, -1],
          [0.25, 2, 0],
        ]),
      ),
    {unmended: 'it is that of the logits, with the other sign'},
  ),
  differentiable(
    'losses.computeWeightedLoss',
    '',
    [[2, 3], perRow],
    (losses: tf.Tensor, w: tf.Tensor) => tf.losses.computeWeightedLoss(losses, w),
    {missing: 'gradient function not found for NotEqual'},
  ),
];
