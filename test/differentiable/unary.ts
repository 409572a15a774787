import * as tf from '@tensorflow/tfjs-core';
import type {InputSpec} from '../cases/types';
import {between, type DifferentiableCase, differentiable, distinct, type Options} from './types';

const unary = (operation: string, input: InputSpec, run: (x: tf.Tensor) => tf.Tensor, options?: Options) =>
  differentiable(operation, '', [input], run, options);

const normal: InputSpec = {shape: [2, 3]};
const kinks = distinct(4, 4);

/** Operations that give no float32: what they give is cast, so that it can be part of a loss. */
const cast = (run: (x: tf.Tensor) => tf.Tensor) => (x: tf.Tensor) => tf.cast(run(x), 'float32');

/** Its gradient compares the input, and comparisons have no gradients. */
const compares = (kernel: string): Options => ({second: {missing: `gradient function not found for ${kernel}`}});
/** tfjs-core's takes the output for a constant where the gradient is differentiated again. */
const ofOutput: Options = {second: {wrong: 'the output is taken for a constant'}};
/** tfjs-core's passes dy on. */
const rounds: Options = {unmended: 'dy is passed on, where the result is constant: programs rely on it'};

export const cases: readonly DifferentiableCase[] = [
  unary('abs', kinks, tf.abs),
  unary('acos', between(-0.8, 0.8), tf.acos),
  unary('acosh', between(1.5, 4), tf.acosh),
  unary('asin', between(-0.8, 0.8), tf.asin),
  unary('asinh', normal, tf.asinh),
  unary('atan', normal, tf.atan),
  unary('atanh', between(-0.7, 0.7), tf.atanh),
  unary('ceil', kinks, tf.ceil),
  differentiable('clipByValue', '', [kinks], (x: tf.Tensor) => tf.clipByValue(x, -0.5, 1), compares('LogicalAnd')),
  differentiable('clipByValue', 'to one value', [kinks], (x: tf.Tensor) => tf.add(x, tf.clipByValue(x, 1, 1))),
  unary('clone', normal, tf.clone),
  unary('cos', normal, tf.cos),
  unary('cosh', normal, tf.cosh),
  unary('elu', kinks, tf.elu, ofOutput),
  unary('erf', normal, tf.erf),
  unary('exp', normal, tf.exp, ofOutput),
  unary('expm1', normal, tf.expm1),
  unary('floor', kinks, tf.floor),
  unary('isFinite', normal, cast(tf.isFinite)),
  unary('isInf', normal, cast(tf.isInf)),
  unary('isNaN', normal, cast(tf.isNaN)),
  unary('leakyRelu', kinks, tf.leakyRelu, compares('Greater')),
  differentiable('leakyRelu', 'alpha 0.5', [kinks], (x: tf.Tensor) => tf.leakyRelu(x, 0.5), compares('Greater')),
  unary('log', between(0.6, 4), tf.log),
  unary('log1p', between(-0.4, 3), tf.log1p),
  unary('logSigmoid', normal, tf.logSigmoid),
  unary('neg', normal, tf.neg),
  unary('onesLike', normal, (x) => tf.mul(x, tf.onesLike(x))),
  unary('reciprocal', between(0.6, 4), tf.reciprocal),
  differentiable('reciprocal', 'negative', [between(-4, -0.6)], tf.reciprocal as (x: tf.Tensor) => tf.Tensor),
  unary('relu', kinks, tf.relu),
  unary('relu6', distinct(8, 9), tf.relu6, compares('LessEqual')),
  unary('round', kinks, tf.round),
  unary('rsqrt', between(0.6, 4), tf.rsqrt),
  unary('selu', kinks, tf.selu, compares('Greater')),
  unary('sigmoid', normal, tf.sigmoid, ofOutput),
  unary('sign', kinks, tf.sign),
  unary('sin', normal, tf.sin),
  unary('sinh', normal, tf.sinh),
  unary('softplus', normal, tf.softplus),
  unary('sqrt', between(0.6, 4), tf.sqrt),
  unary('square', normal, tf.square),
  unary('step', kinks, tf.step),
  differentiable('step', 'alpha 0.5', [kinks], (x: tf.Tensor) => tf.step(x, 0.5)),
  unary('tan', between(-0.8, 0.8), tf.tan),
  unary('tanh', normal, tf.tanh, ofOutput),
  unary('zerosLike', normal, (x) => tf.add(x, tf.zerosLike(x))),
  differentiable('cast', 'to float32', [normal], (x: tf.Tensor) => tf.cast(x, 'float32')),
  differentiable('cast', 'to int32', [kinks], (x: tf.Tensor) => tf.cast(tf.cast(x, 'int32'), 'float32'), rounds),
  differentiable('cast', 'to bool', [kinks], (x: tf.Tensor) => tf.cast(tf.cast(x, 'bool'), 'float32'), rounds),
  differentiable('cast', 'to complex64', [normal], (x: tf.Tensor) => tf.real(tf.cast(x, 'complex64')), {
    missing: 'gradient function not found for Real',
  }),
  // Compositions whose parts are deferred and computed in one pass.
  differentiable('a chain', 'of smooth operations', [normal], (x: tf.Tensor) =>
    tf.tanh(tf.mul(tf.sigmoid(tf.add(x, 1)), tf.exp(tf.neg(tf.square(x))))),
  ),
  differentiable(
    'a chain',
    'ending in relu',
    [kinks],
    (x: tf.Tensor) => tf.relu(tf.mul(tf.exp(tf.mul(x, 0.5)), x)),
    ofOutput,
  ),
];
