import {Slice as NAME, type SliceAttrs, type SliceInputs, slice_util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {partwiseKernel} from './shared/complex.js';
import {copySlice} from './shared/strided.js';

/** The part of x of the given size that starts at `begin`; float32, int32, bool, complex64. */
export const slice = partwiseKernel<SliceInputs, SliceAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  if (!elementBytes(x.dtype)) return undefined;
  const [begin, size] = slice_util.parseSliceParams(x as never, attrs.begin, attrs.size);
  slice_util.assertParamsValid(x, begin, size);
  return copySlice(tensors, x, begin, size);
});
