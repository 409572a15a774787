import type {TensorInfo} from '@tensorflow/tfjs-core';
import {TransposedDimension} from '../../../../assembly/abi.js';
import {elementBytes} from '../../dtypes.js';
import {type Fields, RecordLayout} from '../../records.js';
import type {Tensors} from '../../tensors.js';
import {copyStrided, denseStrides} from './strided.js';

const transposedDimension = new RecordLayout(TransposedDimension);

/** With fewer rows than this, strided reads are faster than blocks of 4 x 4. */
const MIN_ROWS = 4;

/** x with its dimensions in the order of `perm`: a new tensor, or x's bytes if their order does not change. */
export function transpose(tensors: Tensors, x: TensorInfo, perm: readonly number[]): TensorInfo {
  const shape = perm.map((dim) => x.shape[dim]);
  const xStrides = denseStrides(x.shape);
  const {sizes, strides} = mergeDims(shape, perm, xStrides);
  const rank = sizes.length;
  if (rank < 2) return tensors.share(x, shape);
  const cols = sizes[rank - 1];
  const rowsDim = strides.indexOf(1);
  const rows = sizes[rowsDim];
  if (rowsDim === rank - 1 || rows < MIN_ROWS) {
    return copyStrided(tensors, x, {offset: 0, sizes, strides}, shape);
  }
  const y = tensors.allocate(shape, x.dtype);
  const bytes = elementBytes(x.dtype);
  const yStrides = denseStrides(sizes);
  const outer: Fields<TransposedDimension>[] = [];
  for (let i = 0; i < rank - 1; i++) {
    if (i === rowsDim) continue;
    outer.push({size: sizes[i], xStride: strides[i] * bytes, yStride: yStrides[i] * bytes});
  }
  const run = bytes === 4 ? tensors.wasm.transpose_32 : tensors.wasm.transpose_8;
  run(
    tensors.offset(x),
    tensors.offset(y),
    rows,
    cols,
    strides[rank - 1] * bytes,
    yStrides[rowsDim] * bytes,
    outer.length,
    tensors.writeParams(transposedDimension.pack(outer)),
  );
  return y;
}

/**
 * The output's dimensions without those of size 1, and with those merged that stay neighbours in order; their strides
 * in x.
 */
function mergeDims(shape: number[], perm: readonly number[], xStrides: number[]) {
  const sizes: number[] = [];
  const strides: number[] = [];
  for (let i = 0; i < shape.length; i++) {
    if (shape[i] === 1) continue;
    const stride = xStrides[perm[i]];
    const last = sizes.length - 1;
    if (last >= 0 && strides[last] === stride * shape[i]) {
      sizes[last] *= shape[i];
      strides[last] = stride;
    } else {
      sizes.push(shape[i]);
      strides.push(stride);
    }
  }
  return {sizes, strides};
}
