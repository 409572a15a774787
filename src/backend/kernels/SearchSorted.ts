import {SearchSorted as NAME, type SearchSortedAttrs, type SearchSortedInputs} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';

/** Where values are to be inserted in sorted rows, before or after equal elements, int32; of float32 and int32. */
export const searchSorted = defineKernel<SearchSortedInputs, SearchSortedAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {sortedSequence, values} = inputs;
  const {dtype} = values;
  if (sortedSequence.dtype !== dtype || (dtype !== 'float32' && dtype !== 'int32')) return undefined;
  const [rows, n] = sortedSequence.shape;
  const [valueRows, count] = values.shape;
  if (sortedSequence.shape.length !== 2 || values.shape.length !== 2 || rows !== valueRows) {
    throw new Error(
      `SearchSorted: expected matrices of as many rows, got [${sortedSequence.shape}] and values of [${values.shape}].`,
    );
  }
  const y = tensors.allocate(values.shape, 'int32');
  const run = dtype === 'float32' ? tensors.wasm.search_sorted_f32 : tensors.wasm.search_sorted_i32;
  const [x, wanted, to] = [tensors.offset(sortedSequence), tensors.offset(values), tensors.offset(y)];
  run(x, wanted, to, rows, n, count, attrs.side !== 'left');
  return y;
});
