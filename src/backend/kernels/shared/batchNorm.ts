import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';

/** Checks what a kernel that normalises columns is called with: float32, and operands of a number for each column of x. */
export function checkColumns(kernelName: string, x: TensorInfo, operands: Record<string, TensorInfo>): void {
  util.assert(x.shape.length > 0, () => `${kernelName}: x must have one dimension or more, got a scalar.`);
  const columns = x.shape.slice(-1);
  for (const [name, {shape, dtype}] of Object.entries(operands)) {
    util.assert(
      util.arraysEqual(shape, columns) && dtype === 'float32',
      () => `${kernelName}: ${name} must be float32 of shape [${columns}], the last of x, got ${dtype} of [${shape}].`,
    );
  }
  util.assert(x.dtype === 'float32', () => `${kernelName}: x must be float32, got ${x.dtype}.`);
}

/** What a function of the module is called with: where its operands are, the size of x, where its results and scratch are. */
interface ColumnPass {
  offsets: readonly number[];
  rows: number;
  columns: number;
  first: number;
  second: number;
  scratch: number;
}

/**
 * Two results of one pass over x, each of a number for each column; undefined where they are not finite, or the columns are no
 * whole vectors.
 *
 * @param run returns whether the results are finite
 */
export function inOnePass(
  tensors: Tensors,
  x: TensorInfo,
  operands: readonly TensorInfo[],
  run: (pass: ColumnPass) => boolean,
): [TensorInfo, TensorInfo] | undefined {
  const columns = x.shape[x.shape.length - 1];
  const rows = util.sizeFromShape(x.shape) / columns;
  if (columns % 4 !== 0 || !(rows > 0)) return undefined;
  const offsets = operands.map((operand) => tensors.offset(operand));
  const results: [TensorInfo, TensorInfo] = [
    tensors.allocate([columns], 'float32'),
    tensors.allocate([columns], 'float32'),
  ];
  const [first, second] = results.map((result) => tensors.offset(result));
  const bytes = tensors.wasm.batch_sums_f32_scratch_bytes(rows, columns);
  if (tensors.withScratch(bytes, (scratch) => run({offsets, rows, columns, first, second, scratch}))) return results;
  for (const result of results) tensors.dispose(result);
  return undefined;
}
