import * as tf from '@tensorflow/tfjs-core';
import {celu, glu, hardShrink, scaledElu, softShrink, squareplus} from '../activations.js';
import {create} from '../create.js';
import {type Given, type Operation, operation, type Tensor} from './operation.js';

interface Activation {
  apply(x: Tensor): Tensor;
}

const apply = (name: string, x: Tensor) => create<Activation>(name).apply(x);
/** One that is registered under a name, and has no options. */
const named = (name: string): Operation => operation('x', (given) => apply(name, given.numbers()));
const withNumber = (option: string, otherwise: number, run: (x: Tensor, option: number) => Tensor): Operation =>
  operation(`x ${option}`, (given) => run(given.numbers(), given.number(option, otherwise)));
const unary = (run: (x: Tensor) => Tensor): Operation => operation('x', (given) => run(given.numbers()));

/** Along one axis, several, or, where that is null, all. */
function logSoftmax(given: Given): Tensor {
  const x = given.numbers();
  const axes = given.has('axis') ? given.list('axis') : [-1];
  return tf.sub(x, tf.logSumExp(x, axes, true));
}

/** Activations as operations, which may have options. */
export const ACTIVATION_OPERATIONS: Record<string, Operation> = {
  celu: withNumber('alpha', 1, celu),
  elu: withNumber('alpha', 1, scaledElu),
  gelu: operation('x approximate', (given) =>
    apply(given.flag('approximate', true) ? 'gelu_new' : 'gelu', given.numbers()),
  ),
  glu: withNumber('axis', -1, glu),
  hardShrink: withNumber('threshold', 0.5, hardShrink),
  hardSigmoid: named('kerasHardSigmoid'),
  hardSilu: named('hardSilu'),
  hardTanh: named('hardTanh'),
  leakyRelu: withNumber('negativeSlope', 0.2, tf.leakyRelu),
  logSigmoid: named('logSigmoid'),
  logSoftmax: operation('x axis', logSoftmax),
  relu: unary(tf.relu),
  relu6: unary(tf.relu6),
  selu: named('selu'),
  sigmoid: unary(tf.sigmoid),
  silu: named('swish'),
  softmax: operation('x axis', (given) => tf.exp(logSoftmax(given))),
  softplus: named('softplus'),
  softShrink: withNumber('threshold', 0.5, softShrink),
  softsign: named('softsign'),
  sparsePlus: named('sparsePlus'),
  sparseSigmoid: named('sparseSigmoid'),
  squareplus: withNumber('b', 4, squareplus),
  tanh: unary(tf.tanh),
  tanhShrink: named('tanhShrink'),
  threshold: operation('x threshold defaultValue', (given) =>
    tf.where(tf.greater(given.numbers(), given.numbers('threshold')), given.numbers(), given.numbers('defaultValue')),
  ),
};
