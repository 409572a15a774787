import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';

/**
 * How often each number below `size` occurs in x, or in each row of x, or the sums of its weights if there are any; in
 * their dtype. Undefined for dtypes without a WebAssembly function.
 *
 * @param shape of the result: [size] or [rows, size]
 * @throws Error if a number is negative.
 */
export function bincount(
  tensors: Tensors,
  x: TensorInfo,
  weights: TensorInfo,
  shape: number[],
  isBinary: boolean,
): TensorInfo | undefined {
  const {dtype} = weights;
  tensors.checkRoom(shape);
  if (x.dtype !== 'int32' || (dtype !== 'float32' && dtype !== 'int32')) return undefined;
  const n = util.sizeFromShape(x.shape);
  const weightsSize = util.sizeFromShape(weights.shape);
  if (weightsSize !== 0 && weightsSize !== n) {
    throw new Error(`Weights of shape [${weights.shape}] for x of shape [${x.shape}]: expected as many, or none.`);
  }
  const rows = shape.length === 2 ? shape[0] : 1;
  const size = shape[shape.length - 1];
  const y = tensors.allocate(shape, dtype);
  const run = dtype === 'float32' ? tensors.wasm.bincount_f32 : tensors.wasm.bincount_i32;
  const weightsOffset = weightsSize === 0 ? 0 : tensors.offset(weights);
  if (!run(tensors.offset(x), weightsOffset, tensors.offset(y), rows, rows && n / rows, size, isBinary)) {
    throw new Error('Input x must be non-negative!');
  }
  return y;
}
