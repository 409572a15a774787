import * as tf from '@tensorflow/tfjs-core';
import {axisOf} from '../base.js';
import {castTo} from './elementwise.js';
import {type Given, isOneOf, type Operation, operation, type Tensor} from './operation.js';

type Reduce = (x: Tensor, axes?: number[], keep?: boolean) => Tensor;

const reduction = (run: Reduce, read: (given: Given) => Tensor = (given) => given.numbers()): Operation =>
  operation('x axis keepdims', (given) => run(read(given), given.list('axis'), given.flag('keepdims')));
const truths = (given: Given) => given.truths();

/** Which element is the largest, or the smallest: along an axis, or of all. */
const extreme = (run: (x: Tensor, axis: number) => Tensor): Operation =>
  operation('x axis keepdims', (given) => {
    const x = given.numbers();
    const axis = given.value('axis') as number | undefined;
    const found = axis === undefined ? run(tf.reshape(x, [-1]), 0) : run(x, axisOf(axis, x.rank));
    if (!given.flag('keepdims')) return found;
    return axis === undefined
      ? tf.reshape(
          found,
          x.shape.map(() => 1),
        )
      : tf.expandDims(found, axisOf(axis, x.rank));
  });

/** Sums and products up to each element: along an axis, or of all in their order. */
const cumulative = (run: (x: Tensor, axis: number) => Tensor): Operation =>
  operation('x axis dtype', (given) => {
    const dtype = given.value('dtype');
    const x = dtype === undefined ? given.numbers() : castTo(castTo(given.tensor(), dtype), 'float32');
    const axis = given.value('axis') as number | undefined;
    return axis === undefined ? run(tf.reshape(x, [-1]), 0) : run(x, axisOf(axis, x.rank));
  });

const variance: Reduce = (x, axes, keep) => tf.moments(x, axes, keep).variance;

/** Weights of one axis count along it, others for each element. */
function average(x: Tensor, axis: number | undefined, weights: Tensor | undefined): Tensor {
  if (weights === undefined) return tf.mean(x, axis);
  const along = x.shape.map((side, i) => (axis !== undefined && i === axisOf(axis, x.rank) ? side : 1));
  const each = weights.rank < x.rank ? tf.reshape(weights, along) : weights;
  const all = tf.mul(tf.onesLike(x), each);
  return tf.div(tf.sum(tf.mul(x, each), axis), tf.sum(all, axis));
}

/** Of many elements one: sums, means, extremes. */
export const REDUCTIONS: Record<string, Operation> = {
  all: reduction(tf.all, truths),
  amax: reduction(tf.max),
  amin: reduction(tf.min),
  any: reduction(tf.any, truths),
  argmax: extreme(tf.argMax),
  argmin: extreme(tf.argMin),
  average: operation('x weights axis', (given) =>
    average(
      given.numbers(),
      given.value('axis') as number | undefined,
      given.value('weights') === undefined ? undefined : given.numbers('weights'),
    ),
  ),
  countNonzero: reduction((x, axes) => tf.sum(tf.cast(tf.notEqual(x, 0), 'float32'), axes)),
  cumprod: cumulative(tf.cumprod),
  cumsum: cumulative(tf.cumsum),
  logsumexp: reduction(tf.logSumExp),
  max: reduction(tf.max),
  mean: reduction(tf.mean),
  min: reduction(tf.min),
  // Any `ord` asks for another norm in some number of axes.
  norm: operation(
    'x ord axis keepdims',
    (given) => tf.sqrt(tf.sum(tf.square(given.numbers()), given.list('axis'), given.flag('keepdims'))),
    {ord: isOneOf(null)},
  ),
  normalize: operation(
    'x axis order epsilon',
    (given) => {
      const x = given.numbers();
      const squares = tf.sum(tf.square(x), given.list('axis') ?? -1, true);
      return tf.mul(x, tf.rsqrt(tf.maximum(squares, 1e-12)));
    },
    {axis: (value) => value !== null, order: isOneOf(2), epsilon: isOneOf(null)},
  ),
  prod: reduction(tf.prod),
  std: reduction((x, axes, keep) => tf.sqrt(variance(x, axes, keep))),
  sum: reduction(tf.sum),
  var: reduction(variance),
};
