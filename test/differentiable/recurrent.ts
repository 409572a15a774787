import * as tf from '@tensorflow/tfjs-core';
import {type DifferentiableCase, differentiable, type Options} from './types';

const cellInputs = [[], [5, 12], [12], [2, 2], [2, 3], [2, 3]];
type CellInputs = [tf.Scalar, tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];

const ofOutput: Options = {second: {wrong: 'the output is taken for a constant'}};

export const cases: readonly DifferentiableCase[] = [
  differentiable(
    'basicLSTMCell',
    '',
    cellInputs,
    (...[forgetBias, kernel, bias, x, c, h]: CellInputs) => tf.basicLSTMCell(forgetBias, kernel, bias, x, c, h),
    ofOutput,
  ),
  differentiable(
    'multiRNNCell',
    '',
    [[4, 8], [8], [4, 8], [8], [1, 2]],
    (...[kernel, bias, kernel2, bias2, x]: [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor1D, tf.Tensor2D]) => {
      const forgetBias = tf.scalar(1);
      const cells = [
        (x: tf.Tensor2D, c: tf.Tensor2D, h: tf.Tensor2D) => tf.basicLSTMCell(forgetBias, kernel, bias, x, c, h),
        (x: tf.Tensor2D, c: tf.Tensor2D, h: tf.Tensor2D) => tf.basicLSTMCell(forgetBias, kernel2, bias2, x, c, h),
      ];
      const state = () => [tf.zeros([1, 2]) as tf.Tensor2D, tf.fill([1, 2], 0.5) as tf.Tensor2D];
      return tf.multiRNNCell(cells, x, state(), state()).flat();
    },
  ),
];
