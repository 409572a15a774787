import {backend_util, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {ConcatInput, PARAMETER_WORDS} from '../../../../assembly/abi.js';
import {elementBytes} from '../../dtypes.js';
import {RecordLayout} from '../../records.js';
import type {Tensors} from '../../tensors.js';

const concatInput = new RecordLayout(ConcatInput);
/** The most inputs that the parameters of a call have room for. */
const MAX_INPUTS = Math.floor(PARAMETER_WORDS / concatInput.words);

/**
 * The inputs, of which there is at least one, side by side along `axis`; undefined if their dtypes differ or are not on
 * the heap.
 *
 * @throws Error if their other dimensions differ
 */
export function concat(tensors: Tensors, inputs: readonly TensorInfo[], axis: number): TensorInfo | undefined {
  const {dtype} = inputs[0];
  const shapes = inputs.map(({shape}) => shape);
  backend_util.assertParamsConsistent(shapes, axis);
  const shape = backend_util.computeOutShape(shapes, axis);
  const bytes = elementBytes(dtype);
  if (!bytes || inputs.some((input) => input.dtype !== dtype)) return undefined;
  const filled = inputs.filter((input) => util.sizeFromShape(input.shape) > 0);
  if (filled.length === 1) return tensors.share(filled[0], shape);
  const y = tensors.allocate(shape, dtype);
  if (filled.length === 0) return y;

  const outer = util.sizeFromShape(shape.slice(0, axis));
  const pitch = (util.sizeFromShape(shape) / outer) * bytes;
  let to = tensors.offset(y);
  for (let start = 0; start < filled.length; start += MAX_INPUTS) {
    const first = to;
    const records = filled.slice(start, start + MAX_INPUTS).map((input) => {
      const rowBytes = (util.sizeFromShape(input.shape) / outer) * bytes;
      to += rowBytes;
      return {address: tensors.offset(input), rowBytes};
    });
    tensors.wasm.concat(first, pitch, outer, records.length, tensors.writeParams(concatInput.pack(records)));
  }
  return y;
}
