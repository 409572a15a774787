/**
 * Equations of which tfjs-backend-cpu makes something else than they say, which the case table therefore has not: it
 * drops a tensor without a summed dimension, and loses its way where the tensors' summed dimensions differ.
 */
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {beforeEach, it} from 'vitest';
import {expectAgreement} from '../../../test/agreement';
import {difference} from '../../../test/cases/compare';
import {makeValues} from '../../../test/cases/values';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

const sizes: Readonly<Record<string, number>> = {a: 2, b: 3, i: 4, j: 5, k: 6};

it.for(['ij,jk->k', 'ij,jk->', 'ai,aj->a', 'abi,ja->b', 'ij,k->ik', 'ij,k->ki', 'ij,i->i', 'ij,k->', 'ab,ij->'])(
  '%s is what the equation says',
  (equation) => {
    const [inputs, output] = equation.split('->');
    const terms = inputs.split(',');
    const values = terms.map((term, i) => makeValues({shape: shapeOf(term)}, i) as Float32Array);
    const tensors = terms.map((term, i) => tf.tensor(values[i], shapeOf(term)));
    const actual = tf.einsum(equation, ...tensors);
    const result = {shape: actual.shape, dtype: actual.dtype, values: actual.dataSync()};
    tf.dispose([actual, ...tensors]);

    const expected = {shape: shapeOf(output), dtype: 'float32' as const, values: evaluate(terms, output, values)};
    expectAgreement(difference([expected], [result], {relative: 1e-6, of: 'output'}), 'the equation');
  },
);

function shapeOf(term: string): number[] {
  return [...term].map((label) => sizes[label]);
}

/** The sum over all values of all labels, one term after the other. */
function evaluate(terms: string[], output: string, values: Float32Array[]): number[] {
  const labels = [...new Set([...terms.join('')])];
  const result = new Array<number>(tf.util.sizeFromShape(shapeOf(output))).fill(0);
  const at = new Map<string, number>();
  const place = (term: string) => [...term].reduce((sum, label) => sum * sizes[label] + (at.get(label) as number), 0);
  const visit = (depth: number): void => {
    if (depth === labels.length) {
      result[place(output)] += terms.reduce((product, term, i) => product * values[i][place(term)], 1);
      return;
    }
    for (let i = 0; i < sizes[labels[depth]]; i++) {
      at.set(labels[depth], i);
      visit(depth + 1);
    }
  };
  visit(0);
  return result;
}
