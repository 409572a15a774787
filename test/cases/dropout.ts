import {emptyShapes, oddShapes, tails} from './sweeps';
import type {KernelCase} from './types';

/** A mask is 0 or one other value: all of it is exact. */
const mask = (name: string, shape: readonly number[], rate = 0.4, seed = '7'): KernelCase => ({
  kernel: 'DropoutMask',
  name,
  inputs: {},
  attrs: {shape: [...shape], rate, seed},
  tolerance: {ulp: 0},
  signedZero: true,
});

/** Every rate that tf.dropout takes, but those next to 0, and what rounds to 1. */
const rates = [1e-7, 3e-7, 1e-5, 0.01, 0.1, 0.25, 0.5, 2 / 3, 0.9, 0.999, 1 - 1e-7, 1 - 2 ** -53];

/** What tf.dropout is given, as text. */
const seeds = ['', '0', '-0.5', '1e21', '0.7234827348923', 'NaN', 'a text', 'ÿ\u0100\u{1f600}', 'long '.repeat(100)];

export const cases: readonly KernelCase[] = [
  ...tails.map((n) => mask(`${n}`, [n])),
  ...[...oddShapes, ...emptyShapes].map((shape) => mask(`[${shape}]`, shape)),
  // From 2048 on in four streams, of which the last one has what does not fill a vector of each.
  ...[2047, 2048, 2049, 2063, 2064, 3001, 70_000, 200_003].map((n) => mask(`${n}`, [n])),
  ...rates.map((rate) => mask(`rate ${rate}`, [5000], rate)),
  ...seeds.map((seed) => mask(`seed '${seed.slice(0, 20)}'`, [2100], 0.5, seed)),
  {...mask('a batch of features', [128, 14, 14, 16], 0.25), bench: true},
  ...[0, 1, -0.5, 9e-8, Number.NaN].map((rate) => ({
    ...mask(`refused: a rate of ${rate}`, [3], rate),
    throws: /rate is .*; expected a number from 1e-7 to less than 1/,
  })),
  {...mask('refused: half a dimension', [2, 0.5]), throws: /shape is \[2, 0\.5\]; expected whole numbers/},
];
