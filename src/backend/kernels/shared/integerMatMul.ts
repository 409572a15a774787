import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from '../../backend.js';
import {cast} from './cast.js';
import {transpose} from './transpose.js';

/**
 * Writes c[i] = op(a[j]) op(b[l]) for each of c's matrices; int32 or bool, whose sums are taken modulo 2^8.
 *
 * @param indices for each matrix of c, which one of a and which one of b it is the product of
 */
export function multiplyIntegers(
  a: TensorInfo,
  b: TensorInfo,
  c: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  [indexA, indexB]: readonly [number[], number[]],
  backend: MnistWasmBackend,
): void {
  const left = cast(backend, a, 'int32') as TensorInfo;
  const stored = cast(backend, b, 'int32') as TensorInfo;
  const right = transposeB ? transpose(backend, stored, swapLast(b.shape.length)) : backend.share(stored, b.shape);
  const [m, n] = c.shape.slice(-2);
  const k = right.shape[right.shape.length - 2];
  const [stepRow, stepK] = transposeA ? [4, m * 4] : [k * 4, 4];
  const run = c.dtype === 'bool' ? backend.wasm.matmul_i32_bool : backend.wasm.matmul_i32;
  const bytes = c.dtype === 'bool' ? 1 : 4;
  const [offsetA, offsetB, offsetC] = [backend.offset(left), backend.offset(right), backend.offset(c)];
  for (let i = 0; i < indexA.length; i++) {
    const matrixA = offsetA + indexA[i] * m * k * 4;
    const matrixB = offsetB + indexB[i] * k * n * 4;
    run(matrixA, matrixB, offsetC + i * m * n * bytes, m, n, k, stepRow, stepK);
  }
  for (const tensor of [left, stored, right]) backend.disposeTensor(tensor);
}

/** The order of dimensions in which the last two have changed places. */
function swapLast(rank: number): number[] {
  return [...Array(rank).keys()].map((dim) => (dim < rank - 2 ? dim : 2 * rank - 3 - dim));
}
