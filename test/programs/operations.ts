/** The operations that random programs consist of: on images of one shape, whose numbers stay small. */
import * as tf from '@tensorflow/tfjs-core';

export const SHAPE: [number, number, number, number] = [2, 8, 6, 16];

/**
 * On tensors of SHAPE: two that were computed, constants, and an input of the program. What is not continuous (a step, the
 * place of a maximum) is taken of the input, which is the same on every backend.
 */
export type Operation = (a: tf.Tensor, b: tf.Tensor, constants: Constants, input: tf.Tensor) => tf.Tensor;

export interface Constants {
  filter: tf.Tensor4D;
  depthwise: tf.Tensor4D;
  dense: tf.Tensor2D;
  bias: tf.Tensor1D;
}

const four = (t: tf.Tensor) => t as tf.Tensor4D;
const convolve = (a: tf.Tensor, filter: tf.Tensor4D) => tf.conv2d(four(a), filter, 1, 'same');
const pool = (t: tf.Tensor) => tf.maxPool(four(t), 2, 2, 'same');
const pixels = (t: tf.Tensor) => tf.reshape(t, [-1, SHAPE[3]]);

export const operations: readonly Operation[] = [
  (a, b) => tf.add(a, b),
  (a, b) => tf.sub(a, b),
  (a, b) => tf.mul(tf.tanh(a), b),
  (a, b) => tf.maximum(a, b),
  (a, b) => tf.minimum(tf.neg(a), b),
  (a) => tf.relu(a),
  (a) => tf.sqrt(tf.add(tf.abs(a), 0.1)),
  (a, _b, _constants, input) => tf.mul(a, tf.step(input, 0.5)),
  (a, b) => tf.div(a, tf.add(tf.square(b), 1)),
  (a) => tf.clipByValue(a, -1, 2),
  (a) => tf.sigmoid(tf.clone(a)),
  (a, _, {bias}) => tf.add(a, bias),
  (a) => tf.sub(a, tf.mean(a, [0, 1, 2])),
  (a) => tf.sub(a, tf.sum(tf.mul(a, 1e-3))),
  (a) => tf.add(a, tf.max(a, 3, true)),
  (a, _, {filter}) => convolve(a, filter),
  (a, _, {filter, bias}) => tf.relu(tf.add(convolve(a, filter), bias)),
  (a, b, {filter}) => tf.grad((x) => convolve(x, filter))(a, b),
  (a, b, {filter}) => tf.add(b, tf.mean(tf.grad((w) => convolve(a, w as tf.Tensor4D))(filter, b))),
  (a, _, {depthwise}) => tf.depthwiseConv2d(four(a), depthwise, 1, 'same'),
  (a, _b, _constants, input) => tf.grad(pool)(input, pool(a)),
  (a, _b, _constants, input) => tf.mul(tf.grad((x) => pool(tf.relu(x)))(input, pool(a)), tf.step(input)),
  (a, b) => tf.grad((x) => tf.avgPool(four(x), 3, 1, 'same'))(a, b),
  (a, _, {dense}) => tf.reshape(tf.matMul(pixels(a), dense), SHAPE),
  (a, b) => tf.reshape(tf.matMul(pixels(a), tf.mul(tf.matMul(pixels(a), pixels(b), true), 1e-2)), SHAPE),
  (a) => tf.softmax(a),
  (a, _, {bias}) => tf.batchNorm(four(a), tf.mul(bias, 0.1), tf.add(tf.square(bias), 1), bias, bias),
  (a) => tf.reverse(tf.transpose(tf.transpose(a, [3, 1, 0, 2]), [2, 1, 3, 0]), 1),
  (a, b) => tf.slice(tf.concat([a, b], 1), [0, 3, 0, 0], SHAPE),
  (a) =>
    tf.pad(tf.slice(a, [0, 1, 0, 0], [-1, 5, -1, -1]), [
      [0, 0],
      [2, 1],
      [0, 0],
      [0, 0],
    ]),
  (a) => tf.reshape(tf.image.resizeBilinear(four(a), [4, 12]), SHAPE),
  (a, _b, _constants, input) => tf.add(a, tf.cast(tf.cast(tf.mul(input, 3), 'int32'), 'float32')),
  (a, b, _constants, input) => tf.where(tf.greater(input, 0.25), a, tf.neg(b)),
  (a) => tf.mul(tf.cumsum(a, 1), 0.1),
  (a) => tf.gather(a, tf.tensor1d([1, 0], 'int32'), 0),
];
