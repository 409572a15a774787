import * as tf from '@tensorflow/tfjs-core';
import {type DifferentiableCase, differentiable} from './types';

/** Batches of the two factors. */
const batches: readonly (readonly [name: string, a: number[], b: number[]])[] = [
  ['matrices', [], []],
  ['equal batches', [2], [2]],
  ['rank 4', [2, 2], [2, 2]],
  ['one matrix on the right', [2], []],
  ['one matrix on the left', [], [2]],
  ['a batch of one on the right', [3], [1]],
  ['broadcast both ways', [2, 1], [1, 3]],
];

const products = batches.flatMap(([name, a, b]) =>
  [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) =>
      differentiable(
        'matMul',
        `${name}${transposeA ? ', transposeA' : ''}${transposeB ? ', transposeB' : ''}`,
        [
          [...a, ...(transposeA ? [3, 2] : [2, 3])],
          [...b, ...(transposeB ? [2, 3] : [3, 2])],
        ],
        (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, transposeA, transposeB),
        a.join() === b.join() ? {} : {wrong: 'it has the shape of the output'},
      ),
    ),
  ),
);

const lacksEinsum = {missing: 'gradient function not found for Einsum'};

export const cases: readonly DifferentiableCase[] = [
  ...products,
  differentiable('matMul', 'of a matrix by itself', [[3, 3]], (x: tf.Tensor) => tf.matMul(x, x)),
  differentiable('matMul', 'of a matrix by its transpose', [[2, 3]], (x: tf.Tensor) => tf.matMul(x, x, false, true)),
  differentiable('dot', 'vectors', [[3], [3]], tf.dot as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor),
  differentiable('dot', 'a vector and a matrix', [[3], [3, 2]], tf.dot as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor),
  differentiable('dot', 'a matrix and a vector', [[2, 3], [3]], tf.dot as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor),
  differentiable(
    'dot',
    'matrices',
    [
      [2, 3],
      [3, 2],
    ],
    tf.dot as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  ),
  differentiable('outerProduct', '', [[2], [3]], (a: tf.Tensor1D, b: tf.Tensor1D) => tf.outerProduct(a, b)),
  differentiable(
    'einsum',
    'a product',
    [
      [2, 3],
      [3, 2],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.einsum('ij,jk->ik', a, b),
    lacksEinsum,
  ),
  differentiable('einsum', 'a sum', [[2, 3]], (x: tf.Tensor) => tf.einsum('ij->i', x), lacksEinsum),
];
