import * as tf from '@tensorflow/tfjs-core';
import {celu, glu, hardShrink, scaledElu, softShrink, squareplus} from './activations.js';
import {axisOf, KerasLayer, type Shape} from './base.js';

type Tensor = tf.Tensor;
type Value = Tensor | Constant | Value[];
type Constant = null | boolean | number | string | {[key: string]: Constant} | Constant[];
/** Where an argument is a tensor there stands its number among the inputs: `{input: 0}`. */
type Template = Constant;
type Run = (args: Value[], options: Record<string, Constant>) => Tensor;

const unary =
  (run: (x: Tensor) => Tensor): Run =>
  ([x]) =>
    run(x as Tensor);
const binary =
  (run: (a: Tensor, b: Tensor) => Tensor): Run =>
  ([a, b]) =>
    run(numeric(a), numeric(b));
const list = (value: unknown): number[] | undefined =>
  value === null || value === undefined ? undefined : ([value].flat() as number[]);

/** A number or a list stands for the tensor of it; a tensor of truths counts as zeros and ones. */
function numeric(value: Value): Tensor {
  if (!(value instanceof tf.Tensor)) return tf.tensor(value as number);
  return value.dtype === 'bool' ? tf.cast(value, 'float32') : value;
}

const truth = (value: Value) => tf.cast(numeric(value), 'bool');

type Reduce = (x: Tensor, axes?: number[], keep?: boolean) => Tensor;
const reduction =
  (run: Reduce): Run =>
  ([x, axis, keep], options) =>
    run(x as Tensor, list(axis ?? options.axis), Boolean(keep ?? options.keepdims ?? false));

const named =
  (name: string): Run =>
  ([x]) => {
    const [cls] = tf.serialization.SerializationMap.getMap().classNameMap[name];
    return (new cls({}) as unknown as {apply(x: Tensor): Tensor}).apply(x as Tensor);
  };

const option = (args: Value[], at: number, options: Record<string, Constant>, name: string) =>
  (args[at] ?? options[name]) as Constant;

function variance(x: Tensor, axes?: number[], keep?: boolean): Tensor {
  return tf.moments(x, axes, keep).variance;
}

/** Keras's operations (`keras.ops`, and what Python's operators on tensors become), by their classes in camel case. */
const OPERATIONS: Record<string, Run> = {
  absolute: unary(tf.abs),
  abs: unary(tf.abs),
  add: binary(tf.add),
  all: reduction((x, axes, keep) => tf.all(truth(x), axes, keep)),
  amax: reduction(tf.max),
  amin: reduction(tf.min),
  any: reduction((x, axes, keep) => tf.any(truth(x), axes, keep)),
  broadcastTo: (args, options) => tf.broadcastTo(args[0] as Tensor, option(args, 1, options, 'shape') as number[]),
  cast: (args, options) => {
    const dtype = String(option(args, 1, options, 'dtype'));
    if (dtype === 'bool') return truth(args[0]);
    return tf.cast(args[0] as Tensor, /int/.test(dtype) ? 'int32' : 'float32');
  },
  ceil: unary(tf.ceil),
  clip: (args, options) =>
    tf.clipByValue(
      args[0] as Tensor,
      option(args, 1, options, 'xMin') as number,
      option(args, 2, options, 'xMax') as number,
    ),
  concatenate: (args, options) => tf.concat(args[0] as Tensor[], (option(args, 1, options, 'axis') ?? 0) as number),
  copy: unary(tf.clone),
  cos: unary(tf.cos),
  divide: binary(tf.div),
  equal: binary(tf.equal),
  exp: unary(tf.exp),
  expandDims: (args, options) => {
    const axes = list(option(args, 1, options, 'axis')) as number[];
    return axes.reduce((x, axis) => tf.expandDims(x, axis), args[0] as Tensor);
  },
  flip: (args, options) => tf.reverse(args[0] as Tensor, list(option(args, 1, options, 'axis'))),
  floor: unary(tf.floor),
  gelu: ([x, approximate], options) =>
    named((approximate ?? options.approximate ?? true) ? 'gelu_new' : 'gelu')([x], {}),
  getItem: ([x, key], options) => getItem(x as Tensor, (key ?? options.key) as Constant),
  greater: binary(tf.greater),
  greaterEqual: binary(tf.greaterEqual),
  leakyRelu: (args, options) =>
    tf.leakyRelu(args[0] as Tensor, (option(args, 1, options, 'negativeSlope') ?? 0.2) as number),
  less: binary(tf.less),
  lessEqual: binary(tf.lessEqual),
  log: unary(tf.log),
  log1p: unary(tf.log1p),
  logSoftmax: (args, options) => tf.logSoftmax(args[0] as Tensor, (option(args, 1, options, 'axis') ?? -1) as number),
  logicalAnd: ([a, b]) => tf.logicalAnd(truth(a), truth(b)),
  logicalNot: ([a]) => tf.logicalNot(truth(a)),
  logicalOr: ([a, b]) => tf.logicalOr(truth(a), truth(b)),
  matmul: ([a, b]) => tf.matMul(a as Tensor, b as Tensor),
  max: reduction(tf.max),
  maximum: binary(tf.maximum),
  mean: reduction(tf.mean),
  min: reduction(tf.min),
  minimum: binary(tf.minimum),
  multiply: binary(tf.mul),
  negative: unary(tf.neg),
  normalize: (args, options) => {
    const axes = list(option(args, 1, options, 'axis') ?? -1);
    const squares = tf.sum(tf.square(args[0] as Tensor), axes, true);
    return tf.mul(args[0] as Tensor, tf.rsqrt(tf.maximum(squares, 1e-12)));
  },
  notEqual: binary(tf.notEqual),
  oneHot: (args, options) =>
    tf.cast(
      tf.oneHot(tf.cast(args[0] as Tensor, 'int32'), option(args, 1, options, 'numClasses') as number),
      'float32',
    ),
  onesLike: ([x]) => tf.onesLike(numeric(x)),
  power: binary(tf.pow),
  prod: reduction(tf.prod),
  reciprocal: unary(tf.reciprocal),
  relu: unary(tf.relu),
  relu6: unary(tf.relu6),
  repeat: (args, options) =>
    repeat(args[0] as Tensor, option(args, 1, options, 'repeats'), option(args, 2, options, 'axis')),
  reshape: (args, options) => {
    const shape = option(args, 1, options, 'newshape') as (number | null)[];
    return tf.reshape(
      args[0] as Tensor,
      [shape].flat().map((side) => side ?? -1),
    );
  },
  round: unary(tf.round),
  rsqrt: unary(tf.rsqrt),
  sigmoid: unary(tf.sigmoid),
  sign: unary(tf.sign),
  sin: unary(tf.sin),
  softmax: (args, options) => softmax(args[0] as Tensor, (option(args, 1, options, 'axis') ?? -1) as number),
  sqrt: unary(tf.sqrt),
  square: unary(tf.square),
  squeeze: (args, options) => tf.squeeze(args[0] as Tensor, list(option(args, 1, options, 'axis'))),
  stack: (args, options) => tf.stack(args[0] as Tensor[], (option(args, 1, options, 'axis') ?? 0) as number),
  std: reduction((x, axes, keep) => tf.sqrt(variance(x, axes, keep))),
  subtract: binary(tf.sub),
  sum: reduction((x, axes, keep) => tf.sum(numeric(x), axes, keep)),
  swapaxes: (args, options) => {
    const x = args[0] as Tensor;
    const order = x.shape.map((_, i) => i);
    const [a, b] = ['axis1', 'axis2'].map((name, i) => axisOf(option(args, i + 1, options, name) as number, x.rank));
    [order[a], order[b]] = [b, a];
    return tf.transpose(x, order);
  },
  tanh: unary(tf.tanh),
  tile: (args, options) => tf.tile(args[0] as Tensor, list(option(args, 1, options, 'repeats')) as number[]),
  transpose: (args, options) => tf.transpose(args[0] as Tensor, list(option(args, 1, options, 'axes'))),
  trueDivide: binary(tf.div),
  var: reduction(variance),
  where: ([condition, a, b]) => tf.where(truth(condition), numeric(a), numeric(b)),
  zerosLike: ([x]) => tf.zerosLike(numeric(x)),
  // Activations as operations, where their class has another name or no options.
  celu: (args, options) => celu(args[0] as Tensor, (option(args, 1, options, 'alpha') ?? 1) as number),
  elu: (args, options) => scaledElu(args[0] as Tensor, (option(args, 1, options, 'alpha') ?? 1) as number),
  glu: (args, options) => glu(args[0] as Tensor, (option(args, 1, options, 'axis') ?? -1) as number),
  hardShrink: (args, options) =>
    hardShrink(args[0] as Tensor, (option(args, 1, options, 'threshold') ?? 0.5) as number),
  hardSigmoid: named('kerasHardSigmoid'),
  hardSilu: named('hardSilu'),
  hardTanh: named('hardTanh'),
  logSigmoid: named('logSigmoid'),
  selu: named('selu'),
  silu: named('swish'),
  softplus: named('softplus'),
  softsign: named('softsign'),
  softShrink: (args, options) =>
    softShrink(args[0] as Tensor, (option(args, 1, options, 'threshold') ?? 0.5) as number),
  sparsePlus: named('sparsePlus'),
  sparseSigmoid: named('sparseSigmoid'),
  squareplus: (args, options) => squareplus(args[0] as Tensor, (option(args, 1, options, 'b') ?? 4) as number),
  tanhShrink: named('tanhShrink'),
};

/** What operations are told beside their first arguments. */
const SETTINGS: readonly (readonly [operations: RegExp, settings: readonly string[]])[] = [
  [/^(all|amax|amin|any|max|mean|min|prod|std|sum|var)$/, ['axis', 'keepdims']],
  [/^(concatenate|expandDims|flip|glu|logSoftmax|softmax|squeeze|stack)$/, ['axis']],
  [/^(broadcastTo)$/, ['shape']],
  [/^cast$/, ['dtype']],
  [/^clip$/, ['xMin', 'xMax']],
  [/^(celu|elu)$/, ['alpha']],
  [/^(hardShrink|softShrink)$/, ['threshold']],
  [/^gelu$/, ['approximate']],
  [/^getItem$/, ['key']],
  [/^leakyRelu$/, ['negativeSlope']],
  [/^normalize$/, ['axis']],
  [/^oneHot$/, ['numClasses', 'dtype']],
  [/^repeat$/, ['repeats', 'axis']],
  [/^reshape$/, ['newshape']],
  [/^squareplus$/, ['b']],
  [/^swapaxes$/, ['axis1', 'axis2']],
  [/^tile$/, ['repeats']],
  [/^transpose$/, ['axes']],
];
/** What changes nothing, of any operation, and of one. */
const NEUTRAL: readonly unknown[] = [null, false];
const DEFAULTS: Record<string, Record<string, unknown>> = {
  normalize: {order: 2, epsilon: null},
  oneHot: {axis: -1},
  round: {decimals: 0},
};

/** Whether {@link KerasOperation} computes an operation with this setting; one that it passed over would change numbers. */
export function knowsSetting(operation: string, name: string, value: unknown): boolean {
  if (NEUTRAL.includes(value) || DEFAULTS[operation]?.[name] === value) return true;
  return SETTINGS.some(([operations, settings]) => operations.test(operation) && settings.includes(name));
}

/** Whether {@link KerasOperation} has the operation of this name, in camel case. */
export function hasOperation(name: string): boolean {
  return Object.hasOwn(OPERATIONS, name);
}

interface Options {
  operation: string;
  /** The arguments of the call, in order. */
  arguments: Template[];
  /** What the operation's own configuration and the call's named arguments tell. */
  settings: Record<string, Template>;
}

/** An operation of Keras in the place of a layer: its inputs are the tensors among its arguments. */
export class KerasOperation extends KerasLayer<Options> {
  static readonly className = 'KerasOperation';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tf.tidy(() => {
      const tensors = [inputs].flat();
      const run = OPERATIONS[this.options.operation];
      const args = this.options.arguments.map((template) => filled(template, tensors));
      const settings = Object.entries(this.options.settings).map(([key, value]) => [key, filled(value, tensors)]);
      return run(args, Object.fromEntries(settings));
    });
  }

  /** Found by trying: a side that changes with an input's free side is free. */
  override computeOutputShape(shape: Shape | Shape[]): Shape {
    const shapes = (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
    const tried = [2, 3].map((free) =>
      tf.tidy(() => this.call(shapes.map((sides) => tf.zeros(sides.map((side) => side ?? free)))).shape),
    );
    return tried[0].map((side, axis) => (side === tried[1][axis] ? side : null));
  }

  override computeMask(): Tensor {
    return null as unknown as Tensor;
  }
}

function filled(template: Template, tensors: Tensor[]): Value {
  if (Array.isArray(template)) return template.map((item) => filled(item, tensors));
  if (template !== null && typeof template === 'object' && typeof template.input === 'number') {
    return tensors[template.input];
  }
  return template;
}

function softmax(x: Tensor, axis: number): Tensor {
  const last = x.rank - 1;
  const at = axisOf(axis, x.rank);
  if (at === last) return tf.softmax(x);
  const order = x.shape.map((_, i) => i);
  [order[at], order[last]] = [last, at];
  return tf.transpose(tf.softmax(tf.transpose(x, order)), order);
}

function repeat(x: Tensor, repeats: Constant, axis: Constant): Tensor {
  const at = axisOf(axis as number, x.rank);
  const shape = x.shape.slice();
  shape[at] *= repeats as number;
  return tf.reshape(tf.stack(Array<Tensor>(repeats as number).fill(x), at + 1), shape);
}

type Slice = {start: number | null; stop: number | null; step: number | null};

/** `x[key]` of NumPy: numbers, slices, an ellipsis, new axes. */
function getItem(x: Tensor, key: Constant): Tensor {
  const keys = (Array.isArray(key) ? key : [key]) as Constant[];
  const used = keys.filter((item) => item !== null && !isEllipsis(item)).length;
  const full: Constant[] = Array<Constant>(x.rank - used).fill({start: null, stop: null, step: null});
  const at = keys.findIndex(isEllipsis);
  const all = at < 0 ? [...keys, ...full] : [...keys.slice(0, at), ...full, ...keys.slice(at + 1)];
  const begin: number[] = [];
  const end: number[] = [];
  const strides: number[] = [];
  const shape: number[] = [];
  for (const item of all) {
    if (item === null) {
      shape.push(1);
      continue;
    }
    const side = x.shape[begin.length];
    if (typeof item === 'number') {
      const index = item < 0 ? item + side : item;
      begin.push(index);
      end.push(index + 1);
      strides.push(1);
      continue;
    }
    const {start, stop, step} = item as unknown as Slice;
    const by = step ?? 1;
    // Backwards, the place before the first is an end too.
    const [lowest, highest] = by > 0 ? [0, side] : [-1, side - 1];
    const bound = (value: number | null, otherwise: number) =>
      value === null ? otherwise : Math.max(lowest, Math.min(highest, value < 0 ? value + side : value));
    const [from, to] = by > 0 ? [bound(start, 0), bound(stop, side)] : [bound(start, side - 1), bound(stop, -1)];
    begin.push(from);
    end.push(to < 0 ? -side - 1 : to);
    strides.push(by);
    shape.push(Math.max(0, Math.ceil((to - from) / by)));
  }
  return tf.reshape(tf.stridedSlice(x, begin, end, strides), shape);
}

function isEllipsis(value: Constant): boolean {
  return value === '...';
}
