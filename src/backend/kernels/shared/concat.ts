import {backend_util, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {elementBytes} from './dtypes.js';

/** Two numbers for each input go into the parameters of a call. */
const MAX_INPUTS = 128;

/**
 * The inputs, of which there is at least one, side by side along `axis`; undefined where they differ in dtype or have
 * one that is not on the heap.
 *
 * @throws Error if their other dimensions differ
 */
export function concat(tensors: Tensors, inputs: readonly TensorInfo[], axis: number): TensorInfo | undefined {
  const {dtype} = inputs[0];
  const bytes = elementBytes(dtype);
  if (!bytes || inputs.some((input) => input.dtype !== dtype)) return undefined;
  const shapes = inputs.map(({shape}) => shape);
  backend_util.assertParamsConsistent(shapes, axis);
  const shape = backend_util.computeOutShape(shapes, axis);
  const filled = inputs.filter((input) => util.sizeFromShape(input.shape) > 0);
  if (filled.length === 1) return tensors.share(filled[0], shape);
  const y = tensors.allocate(shape, dtype);
  if (filled.length === 0) return y;

  const outer = util.sizeFromShape(shape.slice(0, axis));
  const pitch = (util.sizeFromShape(shape) / outer) * bytes;
  let to = tensors.offset(y);
  for (let start = 0; start < filled.length; start += MAX_INPUTS) {
    const params: number[] = [];
    const first = to;
    for (const input of filled.slice(start, start + MAX_INPUTS)) {
      const run = (util.sizeFromShape(input.shape) / outer) * bytes;
      params.push(tensors.offset(input), run);
      to += run;
    }
    tensors.wasm.concat(first, pitch, outer, params.length / 2, tensors.writeParams(params));
  }
  return y;
}
