import * as tf from '@tensorflow/tfjs-core';
import {contract} from '../contract.js';
import {type Operation, operation, type Tensor} from './operation.js';

/** A vector counts as a row on the left and as a column on the right. */
function matMul(a: Tensor, b: Tensor): Tensor {
  const product = tf.matMul(a.rank === 1 ? tf.expandDims(a, 0) : a, b.rank === 1 ? tf.expandDims(b, 1) : b);
  const row = a.rank === 1 ? [product.rank - 2] : [];
  const column = b.rank === 1 ? [product.rank - 1] : [];
  return row.length + column.length > 0 ? tf.squeeze(product, [...row, ...column]) : product;
}

/** An operand of Einstein's sum, its axes named by letters. */
interface Named {
  x: Tensor;
  letters: string;
}

/** Sums over the axes that nothing else has. */
function reduced({x, letters}: Named, kept: string): Named {
  const axes = [...letters].flatMap((letter, axis) => (kept.includes(letter) ? [] : [axis]));
  return axes.length === 0
    ? {x, letters}
    : {x: tf.sum(x, axes), letters: [...letters].filter((letter) => kept.includes(letter)).join('')};
}

function einsum(subscripts: string, operands: Tensor[]): Tensor {
  const {inputs, output} = parsed(subscripts, operands);
  const named = inputs.map((letters, i): Named => ({x: operands[i], letters}));
  const after = (i: number) => output + inputs.slice(i + 1).join('');
  const first = reduced(named[0], after(0));
  const {x, letters} = named.slice(1).reduce((a, whole, i): Named => {
    const b = reduced(whole, a.letters + after(i + 1));
    const left = reduced(a, b.letters + after(i + 1));
    const wanted = [...new Set(left.letters + b.letters)].filter((letter) => after(i + 1).includes(letter)).join('');
    return {x: contract(left.x, left.letters, b.x, b.letters, wanted), letters: wanted};
  }, first);
  return tf.transpose(
    x,
    [...output].map((letter) => letters.indexOf(letter)),
  );
}

/** The operands' and the result's letters; `...` becomes letters that are not used. */
function parsed(subscripts: string, operands: Tensor[]): {inputs: string[]; output: string} {
  const [left, right] = subscripts.replace(/\s/g, '').split('->');
  const free = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((one) => !subscripts.includes(one));
  const terms = left.split(',');
  const ranks = terms.map((term, i) => (term.includes('...') ? operands[i].rank - term.length + 3 : 0));
  const dots = free.slice(0, Math.max(...ranks)).join('');
  // Broadcasting counts from the last axis.
  const inputs = terms.map((term, i) => term.replace('...', dots.slice(dots.length - ranks[i])));
  for (const [i, letters] of inputs.entries()) {
    if (new Set(letters).size < letters.length) {
      throw new Error(`einsum "${subscripts}": operand ${i + 1} has an axis twice, which is not supported`);
    }
  }
  return {inputs, output: right === undefined ? implied(inputs, dots) : right.replace('...', dots)};
}

/** Without an arrow: the axes that `...` stands for, then the letters that stand once, in the alphabet's order. */
function implied(inputs: string[], dots: string): string {
  const all = [...inputs.join('')];
  const once = all.filter((letter) => !dots.includes(letter) && all.indexOf(letter) === all.lastIndexOf(letter));
  return dots + once.sort().join('');
}

export const PRODUCTS: Record<string, Operation> = {
  einsum: operation('...operands subscripts', (given) =>
    einsum(
      String(given.value('subscripts')),
      given.tensors('operands').map((x) => tf.cast(x, 'float32')),
    ),
  ),
  matmul: operation('x1 x2', (given) => matMul(given.numbers('x1'), given.numbers('x2'))),
};
