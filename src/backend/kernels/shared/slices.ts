import {backend_util, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';

/**
 * How the rows of an index tensor, [..., rank], name slices of a tensor: a slice spans the dimensions after the first
 * `rank`.
 */
export interface SliceIndices {
  indices: TensorInfo;
  count: number;
  rank: number;
  /** The strides of the indexed dimensions, in slices. */
  strides: number[];
  /** The shape of the indexed tensor, and the number of its slices. */
  shape: number[];
  slices: number;
}

/**
 * Runs `use` with the address of one uint32 for each row of indices: the number of the slice that it names.
 *
 * @throws Error if a row names none.
 */
export function withSliceNumbers(
  tensors: Tensors,
  {indices, count, rank, strides, shape, slices}: SliceIndices,
  use: (numbers: number) => void,
): void {
  tensors.withScratch(count * 4, (numbers) => {
    const params = tensors.writeParams(strides);
    const bad = tensors.wasm.slice_numbers(tensors.offset(indices), numbers, count, rank, slices, params);
    if (bad >= 0) {
      const index = tensors.view(indices).subarray(bad * rank, (bad + 1) * rank);
      throw new Error(`Invalid indices: ${index} does not index into ${shape}`);
    }
    use(numbers);
  });
}

/** Writes `count` slices of `size` elements each, from updates to the slices of y with the given numbers. */
type Scatter = (numbers: number, count: number, size: number) => void;

/**
 * Runs `scatter` for the slices of y that the indices name.
 *
 * @throws Error if an index names none, or the updates are not as many slices
 */
export function scatterSlices(
  tensors: Tensors,
  indices: TensorInfo,
  updates: TensorInfo,
  y: TensorInfo,
  scatter: Scatter,
): void {
  const {shape} = y;
  const found = backend_util.calculateShapes(updates, indices, shape);
  const {sliceRank: rank, numUpdates: count, sliceSize, strides, outputSize} = found;
  if (outputSize === 0 || count === 0) return;
  const isOneForAll = updates.shape.length === 0 && sliceSize === 1;
  if (!isOneForAll && util.sizeFromShape(updates.shape) !== count * sliceSize) {
    throw new Error(
      `Updates of shape [${updates.shape}] for indices of shape [${indices.shape}] into [${shape}]: ` +
        `expected ${count} slices of ${sliceSize} elements each.`,
    );
  }
  const slices = outputSize / sliceSize;
  withSliceNumbers(tensors, {indices, count, rank, strides, shape, slices}, (numbers) =>
    scatter(numbers, count, sliceSize),
  );
}

/** Replaces the slices of y that the indices name by the updates; a scalar goes to all of them. */
export function replaceSlices(tensors: Tensors, indices: TensorInfo, updates: TensorInfo, y: TensorInfo): void {
  const bytes = updates.dtype === 'bool' ? 1 : 4;
  scatterSlices(tensors, indices, updates, y, (numbers, count, size) => {
    const xPitch = updates.shape.length === 0 ? 0 : size * bytes;
    tensors.wasm.scatter(numbers, tensors.offset(updates), tensors.offset(y), count, size * bytes, xPitch);
  });
}
