import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {cast} from './cast.js';
import {transpose} from './transpose.js';

/**
 * Writes c[i] = op(a[j]) op(b[l]) for each of c's matrices; int32, or bool, whose sums are taken modulo 2^8.
 *
 * @param indices for each matrix of c, the index of the matrix of a and of that of b
 */
export function multiplyIntegers(
  tensors: Tensors,
  a: TensorInfo,
  b: TensorInfo,
  c: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  [indexA, indexB]: readonly [number[], number[]],
): void {
  const left = cast(tensors, a, 'int32') as TensorInfo;
  const stored = cast(tensors, b, 'int32') as TensorInfo;
  const right = transposeB ? transpose(tensors, stored, swapLast(b.shape.length)) : tensors.share(stored, b.shape);
  const [m, n] = c.shape.slice(-2);
  const k = right.shape[right.shape.length - 2];
  const [stepRow, stepK] = transposeA ? [4, m * 4] : [k * 4, 4];
  const run = c.dtype === 'bool' ? tensors.wasm.matmul_i32_bool : tensors.wasm.matmul_i32;
  const bytes = c.dtype === 'bool' ? 1 : 4;
  const [offsetA, offsetB, offsetC] = [tensors.offset(left), tensors.offset(right), tensors.offset(c)];
  for (let i = 0; i < indexA.length; i++) {
    const matrixA = offsetA + indexA[i] * m * k * 4;
    const matrixB = offsetB + indexB[i] * k * n * 4;
    run(matrixA, matrixB, offsetC + i * m * n * bytes, m, n, k, stepRow, stepK);
  }
  for (const tensor of [left, stored, right]) tensors.dispose(tensor);
}

/** The order of dimensions that swaps the last two. */
function swapLast(rank: number): number[] {
  return [...Array(rank).keys()].map((dim) => (dim < rank - 2 ? dim : 2 * rank - 3 - dim));
}
