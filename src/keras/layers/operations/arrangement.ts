import * as tf from '@tensorflow/tfjs-core';
import {axisOf} from '../base.js';
import {type Constant, isNumber, isOneOf, type Operation, operation, type Tensor, type Value} from './operation.js';

const axesOf = (x: Tensor) => x.shape.map((_, axis) => axis);

/** The axes of the result are numbered, not those of the input: two at the end are -2 and -1. */
function expandDims(x: Tensor, added: number[]): Tensor {
  const rank = x.rank + added.length;
  const shape = x.shape.slice();
  const axes = added.map((axis) => axisOf(axis, rank)).sort((a, b) => a - b);
  for (const axis of axes) shape.splice(axis, 0, 1);
  return tf.reshape(x, shape);
}

function moveAxis(x: Tensor, source: number[], destination: number[]): Tensor {
  const from = source.map((axis) => axisOf(axis, x.rank));
  const to = destination.map((axis) => axisOf(axis, x.rank));
  const rest = axesOf(x).filter((axis) => !from.includes(axis));
  return tf.transpose(
    x,
    axesOf(x).map((axis) => (to.includes(axis) ? from[to.indexOf(axis)] : (rest.shift() as number))),
  );
}

function swapAxes(x: Tensor, a: number, b: number): Tensor {
  const order = axesOf(x);
  const [first, second] = [axisOf(a, x.rank), axisOf(b, x.rank)];
  [order[first], order[second]] = [second, first];
  return tf.transpose(x, order);
}

/** Without an axis all elements in a row. */
function repeat(x: Tensor, repeats: number[], axis: number | undefined): Tensor {
  if (axis === undefined) return repeat(tf.reshape(x, [-1]), repeats, 0);
  const at = axisOf(axis, x.rank);
  const places = Array.from({length: x.shape[at]}, (_, i) =>
    Array<number>(repeats.length === 1 ? repeats[0] : repeats[i]).fill(i),
  );
  return tf.gather(x, tf.tensor1d(places.flat(), 'int32'), at);
}

/** The shorter of shape and repeats gets ones before it. */
function tile(x: Tensor, repeats: number[]): Tensor {
  const rank = Math.max(x.rank, repeats.length);
  const padded = (sides: number[]) => [...Array<number>(rank - sides.length).fill(1), ...sides];
  return tf.tile(tf.reshape(x, padded(x.shape)), padded(repeats));
}

/** Without an axis all elements in a row. */
function roll(x: Tensor, shifts: number[], axes: number[] | undefined): Tensor {
  if (axes === undefined) return tf.reshape(roll(tf.reshape(x, [-1]), shifts, [0]), x.shape);
  return axes.reduce((y, axis, i) => {
    const at = axisOf(axis, x.rank);
    const side = x.shape[at];
    const shift = shifts.length === 1 ? shifts[0] : shifts[i];
    const by = ((shift % side) + side) % side;
    if (by === 0) return y;
    const [kept, wrapped] = tf.split(y, [side - by, by], at);
    return tf.concat([wrapped, kept], at);
  }, x);
}

/** In so many equal parts, or cut before each of the places. */
function split(x: Tensor, parts: number | number[], axis: number): Tensor[] {
  const at = axisOf(axis, x.rank);
  if (typeof parts === 'number') return tf.split(x, parts, at);
  const side = x.shape[at];
  const cuts = [0, ...parts.map((place) => Math.min(side, place < 0 ? Math.max(0, place + side) : place)), side];
  return cuts.slice(1).map((end, i) => {
    const begin = x.shape.map(() => 0);
    const size = x.shape.slice();
    begin[at] = cuts[i];
    size[at] = Math.max(0, end - cuts[i]);
    return tf.slice(x, begin, size);
  });
}

type Pair = [before: number, after: number];

function pad(x: Tensor, widths: Constant, mode: string, value: number): Tensor {
  const given = (typeof widths === 'number' ? [[widths, widths]] : widths) as (number | number[])[];
  const pairs = (typeof given[0] === 'number' ? [given] : given) as number[][];
  const sides = pairs.map(([before, after]): Pair => [before, after ?? before]);
  const all = sides.length === 1 ? x.shape.map(() => sides[0]) : sides;
  return mode === 'constant' ? tf.pad(x, all, value) : tf.mirrorPad(x, all, mode as 'reflect' | 'symmetric');
}

/** One dtype for what is joined: integers and truths as numbers where others are. */
function alike(xs: Tensor[]): Tensor[] {
  return xs.every(({dtype}) => dtype === xs[0].dtype) ? xs : xs.map((x) => tf.cast(x, 'float32'));
}

const atLeast2D = (x: Tensor) => (x.rank < 2 ? tf.reshape(x, [1, -1]) : x);
/** A side that the model leaves free is found from the others. */
const sideOf = (value: Value): number => (value ?? -1) as number;

/** What moves elements to other places, repeats them or joins tensors. */
export const ARRANGEMENT: Record<string, Operation> = {
  broadcastTo: operation('x shape', (given) => tf.broadcastTo(given.tensor(), given.list('shape') as number[])),
  concatenate: operation('xs axis', (given) => tf.concat(alike(given.tensors('xs')), given.number('axis', 0))),
  expandDims: operation('x axis', (given) => expandDims(given.tensor(), given.list('axis') as number[])),
  flip: operation('x axis', (given) => {
    const x = given.tensor();
    return tf.reverse(x, given.list('axis') ?? axesOf(x));
  }),
  hstack: operation('xs', (given) => {
    const xs = alike(given.tensors('xs')).map((x) => (x.rank < 1 ? tf.reshape(x, [1]) : x));
    return tf.concat(xs, xs[0].rank === 1 ? 0 : 1);
  }),
  moveaxis: operation('x source destination', (given) =>
    moveAxis(given.tensor(), given.list('source') as number[], given.list('destination') as number[]),
  ),
  pad: operation(
    'x constantValues padWidth mode',
    (given) =>
      pad(
        given.tensor(),
        given.value('padWidth') as Constant,
        String(given.value('mode') ?? 'constant'),
        given.number('constantValues', 0),
      ),
    {mode: isOneOf('constant', 'reflect', 'symmetric'), constantValues: (value) => value === null || isNumber(value)},
  ),
  ravel: operation('x', (given) => tf.reshape(given.tensor(), [-1])),
  repeat: operation('x repeats axis', (given) =>
    repeat(given.tensor(), given.list('repeats') as number[], given.value('axis') as number | undefined),
  ),
  reshape: operation('x newshape', (given) =>
    tf.reshape(
      given.tensor(),
      ([given.value('newshape')] as Value[]).flat().map((value) => sideOf(value as Value)),
    ),
  ),
  roll: operation('x shift axis', (given) => roll(given.tensor(), given.list('shift') as number[], given.list('axis'))),
  split: operation('x indicesOrSections axis', (given) =>
    split(given.tensor(), given.value('indicesOrSections') as number | number[], given.number('axis', 0)),
  ),
  squeeze: operation('x axis', (given) => tf.squeeze(given.tensor(), given.list('axis'))),
  stack: operation('x axis', (given) => tf.stack(alike(given.tensors()), given.number('axis', 0))),
  swapaxes: operation('x axis1 axis2', (given) =>
    swapAxes(given.tensor(), given.number('axis1', 0), given.number('axis2', 0)),
  ),
  tile: operation('x repeats', (given) => tile(given.tensor(), given.list('repeats') as number[])),
  transpose: operation('x axes', (given) => tf.transpose(given.tensor(), given.list('axes'))),
  unstack: operation('x num axis', (given) => tf.unstack(given.tensor(), given.number('axis', 0))),
  vstack: operation('xs', (given) => tf.concat(alike(given.tensors('xs')).map(atLeast2D), 0)),
};
