import {Slice as NAME, type SliceAttrs, type SliceInputs, slice_util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkWhole, checkWholes, MAX_INT32} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';
import {checkSlice, copySlice} from './shared/strided.js';

/** The part of x of the given size that starts at `begin`; float32, int32, bool, complex64. */
export const slice = partwiseKernel<SliceInputs, SliceAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  checkBounds('begin', attrs.begin);
  if (attrs.size !== undefined && attrs.size !== null) checkBounds('size', attrs.size);
  const [begin, size] = slice_util.parseSliceParams(x as never, attrs.begin, attrs.size);
  slice_util.assertParamsValid(x, begin, size);
  checkSlice(x.shape, begin, size);
  if (!elementBytes(x.dtype)) return undefined;
  return copySlice(tensors, x, begin, size);
});

/** -1 stands for all that there is; what lies outside of x is found later, with a message of tfjs-core's. */
function checkBounds(name: string, bounds: number | number[]): void {
  if (typeof bounds === 'number') checkWhole(NAME, name, bounds, -MAX_INT32);
  else checkWholes(NAME, name, bounds, undefined, -MAX_INT32);
}
