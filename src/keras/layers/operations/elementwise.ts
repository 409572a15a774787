import * as tf from '@tensorflow/tfjs-core';
import {isOneOf, type Operation, operation, type Tensor} from './operation.js';

const unary = (run: (x: Tensor) => Tensor): Operation => operation('x', (given) => run(given.numbers()));
const binary = (run: (a: Tensor, b: Tensor) => Tensor): Operation =>
  operation('x1 x2', (given) => run(given.numbers('x1'), given.numbers('x2')));
const logical = (run: (a: Tensor, b: Tensor) => Tensor): Operation =>
  operation('x1 x2', (given) => run(given.truths('x1'), given.truths('x2')));

const LARGEST = 3.4028234663852886e38;

/** As Python counts them: the remainder has the divisor's sign, and the quotient is the one that leaves it. */
function floorDivide(a: Tensor, b: Tensor): Tensor {
  return tf.round(tf.div(tf.sub(a, tf.mod(a, b)), b));
}

/** log(exp(a) + exp(b)), without an exponential that may be too large. */
function logAddExp(a: Tensor, b: Tensor): Tensor {
  const apart = tf.abs(tf.sub(a, b));
  // Two equal infinities are not a number apart.
  const more = tf.where(tf.isNaN(apart), tf.zerosLike(apart), tf.log1p(tf.exp(tf.neg(apart))));
  return tf.where(tf.equal(a, b), tf.add(a, Math.LN2), tf.add(tf.maximum(a, b), more));
}

function nanToNum(x: Tensor, nan: number, highest: number, lowest: number): Tensor {
  const finite = tf.where(tf.isNaN(x), tf.fill(x.shape, nan), x);
  const below = tf.where(tf.equal(finite, Number.POSITIVE_INFINITY), tf.fill(x.shape, highest), finite);
  return tf.where(tf.equal(below, Number.NEGATIVE_INFINITY), tf.fill(x.shape, lowest), below);
}

/** `x` as Keras's dtype of this name: all integers are int32, all others float32. */
export function castTo(x: Tensor, dtype: unknown): Tensor {
  const name = String(dtype);
  if (name === 'bool') return tf.cast(x, 'bool');
  return tf.cast(x, /int/.test(name) ? 'int32' : 'float32');
}

/** Functions of each element, and of pairs of them. */
export const ELEMENTWISE: Record<string, Operation> = {
  abs: unary(tf.abs),
  absolute: unary(tf.abs),
  add: binary(tf.add),
  arccos: unary(tf.acos),
  arccosh: unary(tf.acosh),
  arcsin: unary(tf.asin),
  arcsinh: unary(tf.asinh),
  arctan: unary(tf.atan),
  arctan2: binary(tf.atan2),
  arctanh: unary(tf.atanh),
  cast: operation('x dtype', (given) => castTo(given.tensor(), given.value('dtype'))),
  ceil: unary(tf.ceil),
  clip: operation('x xMin xMax', (given) =>
    tf.minimum(tf.maximum(given.numbers(), given.numbers('xMin')), given.numbers('xMax')),
  ),
  copy: operation('x', (given) => tf.clone(given.tensor())),
  cos: unary(tf.cos),
  cosh: unary(tf.cosh),
  deg2rad: unary((x) => tf.mul(x, Math.PI / 180)),
  divide: binary(tf.div),
  equal: binary(tf.equal),
  erf: unary(tf.erf),
  exp: unary(tf.exp),
  exp2: unary((x) => tf.pow(2, x)),
  expm1: unary(tf.expm1),
  floor: unary(tf.floor),
  floorDivide: binary(floorDivide),
  greater: binary(tf.greater),
  greaterEqual: binary(tf.greaterEqual),
  hypot: binary((a, b) => tf.sqrt(tf.add(tf.square(a), tf.square(b)))),
  isfinite: unary(tf.isFinite),
  isinf: unary(tf.isInf),
  isnan: unary(tf.isNaN),
  less: binary(tf.less),
  lessEqual: binary(tf.lessEqual),
  log: unary(tf.log),
  log10: unary((x) => tf.div(tf.log(x), Math.LN10)),
  log1p: unary(tf.log1p),
  log2: unary((x) => tf.div(tf.log(x), Math.LN2)),
  logaddexp: binary(logAddExp),
  logicalAnd: logical(tf.logicalAnd),
  logicalNot: operation('x', (given) => tf.logicalNot(given.truths())),
  logicalOr: logical(tf.logicalOr),
  logicalXor: logical(tf.logicalXor),
  maximum: binary(tf.maximum),
  minimum: binary(tf.minimum),
  mod: binary(tf.mod),
  multiply: binary(tf.mul),
  nanToNum: operation('x nan posinf neginf', (given) =>
    nanToNum(
      given.numbers(),
      given.number('nan', 0),
      given.number('posinf', LARGEST),
      given.number('neginf', -LARGEST),
    ),
  ),
  negative: unary(tf.neg),
  notEqual: binary(tf.notEqual),
  onesLike: operation('x dtype', (given) => tf.onesLike(given.numbers())),
  power: binary(tf.pow),
  rad2deg: unary((x) => tf.mul(x, 180 / Math.PI)),
  reciprocal: unary(tf.reciprocal),
  round: operation('x decimals', (given) => tf.round(given.numbers()), {decimals: isOneOf(0, null)}),
  rsqrt: unary(tf.rsqrt),
  sign: unary(tf.sign),
  sin: unary(tf.sin),
  sinh: unary(tf.sinh),
  sqrt: unary(tf.sqrt),
  square: unary(tf.square),
  subtract: binary(tf.sub),
  tan: unary(tf.tan),
  trueDivide: binary(tf.div),
  trunc: unary((x) => tf.mul(tf.sign(x), tf.floor(tf.abs(x)))),
  where: operation('condition x1 x2', (given) =>
    tf.where(given.truths('condition'), given.numbers('x1'), given.numbers('x2')),
  ),
  zerosLike: operation('x dtype', (given) => tf.zerosLike(given.numbers())),
};
