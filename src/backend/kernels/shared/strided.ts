import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import {StridedDimension} from '../../../../assembly/abi.js';
import {elementBytes} from '../../dtypes.js';
import {type Fields, RecordLayout} from '../../records.js';
import type {Tensors} from '../../tensors.js';

/** Where the elements of an output are in an input: at offset + the sum of index * stride, in elements. */
export interface StridedView {
  offset: number;
  sizes: readonly number[];
  strides: readonly number[];
}

/** The elements of a view as a new tensor; float32, int32 or bool. */
export function copyStrided(
  tensors: Tensors,
  x: TensorInfo,
  {offset, sizes, strides}: StridedView,
  shape: number[],
): TensorInfo {
  const y = tensors.allocate(shape, x.dtype);
  if (util.sizeFromShape(shape) === 0) return y;
  const bytes = elementBytes(x.dtype);
  const from = tensors.offset(x) + offset * bytes;
  const to = tensors.offset(y);
  const dimensions = collapse(sizes, strides, bytes);
  if (dimensions.length === 1 && dimensions[0].stride === bytes) {
    tensors.wasm.copy_bytes(from, to, dimensions[0].size * bytes);
  } else {
    const copy = bytes === 4 ? tensors.wasm.copy_strided_32 : tensors.wasm.copy_strided_8;
    copy(from, to, dimensions.length, tensors.writeParams(stridedDimension.pack(dimensions)));
  }
  return y;
}

const stridedDimension = new RecordLayout(StridedDimension);

/** The dimensions without those of size 1; neighbours that are contiguous are merged. */
function collapse(sizes: readonly number[], strides: readonly number[], bytes: number): Fields<StridedDimension>[] {
  const dimensions: Fields<StridedDimension>[] = [];
  for (let i = 0; i < sizes.length; i++) {
    if (sizes[i] === 1) continue;
    const stride = strides[i] * bytes;
    const last = dimensions.at(-1);
    if (last && last.stride === stride * sizes[i]) {
      dimensions[dimensions.length - 1] = {size: last.size * sizes[i], stride};
    } else {
      dimensions.push({size: sizes[i], stride});
    }
  }
  if (dimensions.length === 0) dimensions.push({size: 1, stride: bytes});
  return dimensions;
}

/** The strides of a dense tensor, in elements. */
export function denseStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i];
  }
  return strides;
}

/**
 * The part of x of the given size that starts at `begin`; both have the rank of x.
 *
 * @throws Error if it is not within x
 */
export function copySlice(tensors: Tensors, x: TensorInfo, begin: number[], size: number[]): TensorInfo {
  checkSlice(x.shape, begin, size);
  const strides = denseStrides(x.shape);
  const offset = begin.reduce((sum, start, i) => sum + start * strides[i], 0);
  return copyStrided(tensors, x, {offset, sizes: size, strides}, size);
}

/** @throws Error unless the part of the given size that starts at `begin` is within the shape. */
export function checkSlice(shape: readonly number[], begin: readonly number[], size: readonly number[]): void {
  const areWhole = [...begin, ...size].every((n) => Number.isInteger(n));
  for (let i = 0; i < shape.length; i++) {
    if (areWhole && begin[i] >= 0 && size[i] >= 0 && begin[i] + size[i] <= shape[i]) continue;
    throw new Error(
      `Error in slice${shape.length}D: begin[${i}] = ${begin[i]} and size[${i}] = ${size[i]} are not within ` +
        `input.shape[${i}] (${shape[i]}): expected 0 <= begin and begin + size <= ${shape[i]}, whole numbers.`,
    );
  }
}

/** x repeated to a shape that it broadcasts to; x's bytes if that is its own. */
export function expand(tensors: Tensors, x: TensorInfo, shape: number[]): TensorInfo {
  if (util.sizeFromShape(x.shape) === util.sizeFromShape(shape)) return tensors.share(x, shape);
  const missing = shape.length - x.shape.length;
  const xStrides = denseStrides(x.shape);
  const strides = shape.map((_, dim) => (dim < missing || x.shape[dim - missing] === 1 ? 0 : xStrides[dim - missing]));
  return copyStrided(tensors, x, {offset: 0, sizes: shape, strides}, shape);
}
