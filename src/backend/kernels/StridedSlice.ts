import {StridedSlice as NAME, type StridedSliceAttrs, type StridedSliceInputs, slice_util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkWhole, checkWholes, MAX_INT32} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';
import {copyStrided, denseStrides} from './shared/strided.js';

/**
 * Every stride-th element from begin to end of each dimension, as in tf.stridedSlice; float32, int32, bool, complex64.
 */
export const stridedSlice = partwiseKernel<StridedSliceInputs, StridedSliceAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {x} = inputs;
  const {begin, end, strides} = attrs;
  checkWholes(NAME, 'begin', begin, undefined, -MAX_INT32);
  checkWholes(NAME, 'end', end, begin.length, -MAX_INT32);
  if (strides) checkWholes(NAME, 'strides', strides, begin.length, -MAX_INT32);
  for (const mask of ['beginMask', 'endMask', 'ellipsisMask', 'newAxisMask', 'shrinkAxisMask'] as const) {
    checkWhole(NAME, mask, attrs[mask] ?? 0, -MAX_INT32);
  }
  const info = slice_util.sliceInfo(
    x.shape,
    attrs.begin,
    attrs.end,
    attrs.strides,
    attrs.beginMask,
    attrs.endMask,
    attrs.ellipsisMask,
    attrs.newAxisMask,
    attrs.shrinkAxisMask,
  );
  if (!elementBytes(x.dtype)) return undefined;
  if (info.isIdentity) return tensors.share(x, info.finalShape);
  const xStrides = denseStrides(x.shape);
  return copyStrided(
    tensors,
    x,
    {
      offset: info.begin.reduce((sum, begin, i) => sum + begin * xStrides[i], 0),
      sizes: slice_util.computeOutShape(info.begin, info.end, info.strides),
      strides: info.strides.map((stride, i) => stride * xStrides[i]),
    },
    info.finalShape,
  );
});
