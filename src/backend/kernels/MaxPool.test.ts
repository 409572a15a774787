/** A convolution with its relu, and the max pool of that: in one pass, with the bits of one after the other. */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {beforeEach, expect, it} from 'vitest';
import {awaitThreads, backend, memory, restart} from '../../../test/running';

beforeEach(() => restart());

interface Case {
  name: string;
  x: [number, number, number, number];
  /** Height, width and outputs of the filter. */
  filter: [number, number, number];
  pad?: 'same' | 'valid';
  strides?: number;
  poolPad?: 'same' | 'valid';
  hasBias?: boolean;
  /** Whether it is one pass. */
  isOne?: boolean;
}

const cases: Case[] = [
  {name: 'lenet, the first', x: [32, 28, 28, 1], filter: [5, 5, 6], pad: 'same'},
  {name: 'lenet, the second', x: [32, 14, 14, 6], filter: [5, 5, 16]},
  {name: 'simple-cnn', x: [32, 28, 28, 1], filter: [3, 3, 32]},
  {name: 'odd rows and columns', x: [7, 29, 27, 1], filter: [3, 3, 10]},
  {name: 'a stride, no bias', x: [13, 40, 40, 3], filter: [3, 2, 5], strides: 2, hasBias: false},
  {name: 'four channels', x: [6, 26, 26, 2], filter: [3, 3, 4], pad: 'same'},
  {name: 'twelve', x: [8, 26, 26, 2], filter: [3, 3, 12], pad: 'same'},
  {name: 'a pool that is cut at the edge', x: [8, 29, 29, 1], filter: [3, 3, 8], poolPad: 'same', isOne: false},
  {name: 'few images', x: [2, 28, 28, 1], filter: [3, 3, 32], isOne: false},
  {name: 'minimal filtering', x: [8, 14, 14, 16], filter: [3, 3, 16], isOne: false},
];

function prepare({x: shape, filter: [height, width, outputs], pad = 'valid', strides = 1, hasBias = true}: Case) {
  const x = tf.randomUniform<tf.Rank.R4>(shape, -1, 1, 'float32', 1);
  const filter = tf.randomUniform<tf.Rank.R4>([height, width, shape[3], outputs], -1, 1, 'float32', 2);
  const bias = hasBias ? tf.randomUniform<tf.Rank.R1>([outputs], -1, 1, 'float32', 3) : undefined;
  const convolve = () => tf.fused.conv2d({x, filter, strides, pad, bias, activation: 'relu'});
  return {x, convolve, dispose: () => tf.dispose([x, filter, ...(bias ? [bias] : [])])};
}

/** The pool as tfjs-layers has it: the convolution's output is disposed before the pool's is read. */
function inOne({poolPad = 'valid'}: Case, convolve: () => tf.Tensor4D): tf.TypedArray {
  const y = convolve();
  const pooled = tf.maxPool(y, 2, 2, poolPad);
  y.dispose();
  const values = pooled.dataSync();
  pooled.dispose();
  return values;
}

function oneByOne({poolPad = 'valid'}: Case, convolve: () => tf.Tensor4D): tf.TypedArray {
  return tf.tidy(() => {
    const y = convolve();
    y.dataSync();
    return tf.maxPool(y, 2, 2, poolPad).dataSync();
  });
}

/** What evaluations compute what is deferred, by kernel. */
function evaluations<T>(run: () => T): {names: (string | undefined)[]; result: T} {
  const names: (string | undefined)[] = [];
  backend().runEvaluation = (evaluate, name) => {
    names.push(name);
    evaluate();
  };
  const result = run();
  backend().runEvaluation = (evaluate) => evaluate();
  return {names, result};
}

it.each(cases)('$name', (given) => {
  const {convolve, dispose} = prepare(given);
  const expected = oneByOne(given, convolve);
  const {names, result} = evaluations(() => inOne(given, convolve));
  expect(result).toEqual(expected);
  const {isOne = true} = given;
  if (isOne) expect(names).toEqual(['MaxPool']);
  else expect(names).not.toContain('MaxPool');
  dispose();
  expect(memory().heapBytes).toBe(0);
});

it('where the output of the convolution is kept, it has its values', () => {
  const [given] = cases;
  const {convolve, dispose} = prepare(given);
  const expected = oneByOne(given, convolve);
  const y = convolve();
  const pooled = tf.maxPool(y, 2, 2, 'valid');
  expect(pooled.dataSync()).toEqual(expected);
  const again = tf.maxPool(y, 2, 2, 'valid');
  expect(again.dataSync()).toEqual(expected);
  expect(y.dataSync()).toEqual(tf.tidy(() => convolve().dataSync()));
  tf.dispose([y, pooled, again]);
  dispose();
});

it('a pool that nobody reads is not computed', () => {
  const {convolve, dispose} = prepare(cases[0]);
  const {names} = evaluations(() => tf.tidy(() => void tf.maxPool(convolve(), 2, 2, 'valid')));
  expect(names).toEqual([]);
  dispose();
});

it('NaN and infinities are those of one after the other', () => {
  const given = cases[2];
  const {x, dispose} = prepare(given);
  const values = x.dataSync();
  for (const [i, value] of [NaN, Infinity, -Infinity].entries()) values.fill(value, 900 * i, 900 * i + 200);
  const special = tf.tensor4d(values, given.x);
  const filter = tf.randomUniform<tf.Rank.R4>([3, 3, 1, 8], -1, 1, 'float32', 4);
  const ofSpecial = () => tf.fused.conv2d({x: special, filter, strides: 1, pad: 'valid', activation: 'relu'});
  const expected = oneByOne(given, ofSpecial);
  expect(expected).toContain(-Infinity);
  expect(inOne(given, ofSpecial)).toEqual(expected);
  tf.dispose([special, filter]);
  dispose();
});

it('the bits are those of one thread on two', async () => {
  const given = cases[0];
  const first = prepare(given);
  const expected = inOne(given, first.convolve);
  first.dispose();
  await restart({threads: 2});
  await awaitThreads(2);
  const second = prepare(given);
  for (let i = 0; i < 4; i++) expect(inOne(given, second.convolve)).toEqual(expected);
  second.dispose();
});
