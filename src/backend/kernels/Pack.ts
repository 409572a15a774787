import {Pack as NAME, type PackAttrs, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {partwiseKernel} from './shared/complex.js';
import {concat} from './shared/concat.js';
import {expandShape} from './shared/expand.js';

/** The inputs, all of one shape and dtype, stacked along a new axis; float32, int32, bool, complex64. */
export const pack = partwiseKernel<Record<string, TensorInfo>, PackAttrs>(NAME, ({inputs, attrs, tensors}) => {
  // This kernel's inputs are an array.
  const list = inputs as unknown as TensorInfo[];
  const [{shape, dtype}] = list;
  for (const tensor of list) {
    util.assertShapesMatch(shape, tensor.shape, 'All tensors passed to stack must have matching shapes');
    util.assert(
      dtype === tensor.dtype,
      () => `All tensors passed to stack must have matching dtypes, got ${dtype} and ${tensor.dtype}.`,
    );
  }
  const expanded = expandShape(shape, attrs.axis);
  const axis = attrs.axis < 0 ? attrs.axis + expanded.length : attrs.axis;
  return concat(
    tensors,
    list.map((tensor) => ({...tensor, shape: expanded})),
    axis,
  );
});
