import {
  type BatchToSpaceNDAttrs,
  type BatchToSpaceNDInputs,
  backend_util,
  BatchToSpaceND as NAME,
  util,
} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkPairs, checkWholes} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';
import {copySlice} from './shared/strided.js';
import {transpose} from './shared/transpose.js';

/** Moves blocks of blockShape from the batch to the dimensions after it, then crops them; float32, int32, bool. */
export const batchToSpaceND = defineKernel<BatchToSpaceNDInputs, BatchToSpaceNDAttrs>(NAME, (call) => {
  const {inputs, attrs, tensors} = call;
  const {x} = inputs;
  const {blockShape, crops} = attrs;
  checkWholes(NAME, 'blockShape', blockShape, undefined, 1);
  checkPairs(NAME, 'crops', crops, blockShape.length);
  if (blockShape.length >= x.shape.length) {
    throw new Error(`BatchToSpaceND: x has the shape [${x.shape}]; expected more dimensions than [${blockShape}].`);
  }
  const block = util.sizeFromShape(blockShape);
  if (!Number.isInteger(x.shape[0] / block)) {
    throw new Error(`BatchToSpaceND: the batch is ${x.shape[0]}; expected a multiple of blockShape [${blockShape}].`);
  }
  if (!elementBytes(x.dtype)) return undefined;
  const split = backend_util.getReshaped(x.shape, blockShape, block);
  const perm = backend_util.getPermuted(split.length, blockShape.length);
  const shape = backend_util.getReshapedPermuted(x.shape, blockShape, block);
  const whole = {...transpose(tensors, {...x, shape: split}, perm), shape};
  if (crops.every(([before, after]) => before === 0 && after === 0)) return whole;
  const begin = shape.map((_, i) => crops[i - 1]?.[0] ?? 0);
  const size = backend_util.getSliceSize(shape, crops, blockShape.length);
  const y = copySlice(tensors, whole, begin, [...size, ...shape.slice(size.length)]);
  tensors.dispose(whole);
  return y;
});
