import {backend_util, SplitV as NAME, type SplitVAttrs, type SplitVInputs, util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {partwiseKernel} from './shared/complex.js';
import {copySlice} from './shared/strided.js';

/** x cut along an axis into equal parts, or parts of the given sizes; float32, int32, bool, complex64. */
export const splitV = partwiseKernel<SplitVInputs, SplitVAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  if (!elementBytes(x.dtype)) return undefined;
  const axis = util.parseAxisParam(attrs.axis, x.shape)[0];
  const sizes = backend_util.prepareSplitSize(x as never, attrs.numOrSizeSplits, axis);
  const begin = new Array<number>(x.shape.length).fill(0);
  return sizes.map((size) => {
    const shape = x.shape.slice();
    shape[axis] = size;
    const part = copySlice(tensors, x, begin, shape);
    begin[axis] += size;
    return part;
  });
});
