import * as tf from '@tensorflow/tfjs-core';
import {axisOf} from '../base.js';
import {castTo} from './elementwise.js';
import {getItem, isKey} from './get-item.js';
import {type Constant, isNumber, isOneOf, type Operation, operation, type Tensor} from './operation.js';

/** Places counted from the end are negative. */
function placesIn(side: number, indices: Tensor): Tensor {
  const places = tf.cast(indices, 'int32');
  return tf.where(tf.less(places, 0), tf.add(places, tf.scalar(side, 'int32')), places);
}

/** Without an axis of all elements in a row. */
function take(x: Tensor, indices: Tensor, axis: number | undefined): Tensor {
  if (axis === undefined) return take(tf.reshape(x, [-1]), indices, 0);
  const at = axisOf(axis, x.rank);
  const taken = tf.gather(x, tf.reshape(placesIn(x.shape[at], indices), [-1]) as tf.Tensor1D, at);
  return tf.reshape(taken, [...x.shape.slice(0, at), ...indices.shape, ...x.shape.slice(at + 1)]);
}

/** With `axis` as the last one. */
function alongLast(x: Tensor, axis: number, run: (x: Tensor) => Tensor): Tensor {
  const order = x.shape.map((_, i) => i);
  const [at, last] = [axisOf(axis, x.rank), x.rank - 1];
  [order[at], order[last]] = [last, at];
  return at === last ? run(x) : tf.transpose(run(tf.transpose(x, order)), order);
}

/** All in falling order; of equal ones the first stands first. */
const falling = (x: Tensor) => tf.topk(x, x.shape.at(-1) as number);

/** Zeros above, or below, the diagonal of the last two axes: `k` is how far that lies right of the main one. */
const triangle = (isKept: (apart: Tensor, k: number) => Tensor): Operation =>
  operation('x k', (given) => {
    const x = given.numbers();
    const [rows, columns] = x.shape.slice(-2);
    const apart = tf.sub(tf.range(0, columns), tf.expandDims(tf.range(0, rows), 1));
    return tf.where(isKept(apart, given.number('k', 0)), x, tf.zerosLike(x));
  });

/** What picks elements by their places or by their order. */
export const SELECTION: Record<string, Operation> = {
  argsort: operation(
    'x axis',
    (given) => alongLast(tf.neg(given.numbers()), given.number('axis', -1), (x) => falling(x).indices),
    {axis: isNumber},
  ),
  getItem: operation('x key', (given) => getItem(given.tensor(), (given.value('key') ?? null) as Constant), {
    key: isKey,
  }),
  oneHot: operation(
    'x numClasses axis dtype sparse',
    (given) => {
      const hot = tf.oneHot(tf.cast(given.tensor(), 'int32'), given.number('numClasses', 0));
      return castTo(hot, given.value('dtype') ?? 'float32');
    },
    {axis: isOneOf(-1), sparse: isOneOf(false)},
  ),
  sort: operation(
    'x axis',
    (given) => alongLast(given.numbers(), given.number('axis', -1), (x) => tf.reverse(falling(x).values, -1)),
    {axis: isNumber},
  ),
  take: operation('x indices axis', (given) =>
    take(given.tensor(), given.tensor('indices'), given.value('axis') as number | undefined),
  ),
  topK: operation('x k sorted', (given) => {
    const {values, indices} = tf.topk(given.numbers(), given.number('k', 1));
    return [values, indices];
  }),
  tril: triangle((apart, k) => tf.lessEqual(apart, k)),
  triu: triangle((apart, k) => tf.greaterEqual(apart, k)),
};
