import {backend_util, SplitV as NAME, type SplitVAttrs, type SplitVInputs} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {axisOf, checkWhole, checkWholes} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';
import {copySlice} from './shared/strided.js';

/** x cut along an axis into equal parts, or parts of the given sizes; float32, int32, bool, complex64. */
export const splitV = partwiseKernel<SplitVInputs, SplitVAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const axis = axisOf(NAME, attrs.axis, x.shape);
  const parts = attrs.numOrSizeSplits;
  // Nothing can be cut into any number of parts.
  if (typeof parts === 'number')
    checkWhole(NAME, 'numOrSizeSplits', parts, 1, Math.max(x.shape[axis], MAX_EMPTY_PARTS));
  else checkWholes(NAME, 'numOrSizeSplits', parts, undefined, -1);
  if (Array.isArray(parts) && parts.length === 0) throw new Error('SplitV: numOrSizeSplits is []; expected a size.');
  if (!elementBytes(x.dtype)) return undefined;
  const sizes = backend_util.prepareSplitSize(x as never, parts, axis);
  const begin = new Array<number>(x.shape.length).fill(0);
  return sizes.map((size) => {
    const shape = x.shape.slice();
    shape[axis] = size;
    const part = copySlice(tensors, x, begin, shape);
    begin[axis] += size;
    return part;
  });
});

const MAX_EMPTY_PARTS = 1 << 12;
