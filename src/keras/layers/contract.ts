import {einsum, matMul, reshape, type Tensor, transpose} from '@tensorflow/tfjs-core';

/**
 * Einstein's sum of two tensors whose axes are named by letters: `contract(x, 'bti', kernel, 'ihd', 'bhtd')`. A matrix
 * product where no letter is in all three, which can be trained through: tfjs-core has no gradient of its einsum.
 */
export function contract(a: Tensor, inA: string, b: Tensor, inB: string, out: string): Tensor {
  const both = [...inA].filter((letter) => inB.includes(letter));
  if (both.some((letter) => out.includes(letter))) return einsum(`${inA},${inB}->${out}`, a, b);
  const rows = [...inA].filter((letter) => !both.includes(letter));
  const columns = [...inB].filter((letter) => !both.includes(letter));
  const sides = (letters: string[], x: Tensor, names: string) =>
    letters.map((letter) => x.shape[names.indexOf(letter)]);
  const size = (numbers: number[]) => numbers.reduce((product, side) => product * side, 1);
  const ordered = (x: Tensor, names: string, letters: string[]) =>
    transpose(
      x,
      letters.map((letter) => names.indexOf(letter)),
    );
  const [high, inner, wide] = [sides(rows, a, inA), sides(both, a, inA), sides(columns, b, inB)];
  const left = reshape(ordered(a, inA, [...rows, ...both]), [size(high), size(inner)]);
  const right = reshape(ordered(b, inB, [...both, ...columns]), [size(inner), size(wide)]);
  const product = reshape(matMul(left, right), [...high, ...wide]);
  return ordered(product, [...rows, ...columns].join(''), [...out]);
}
