import {SparseToDense as NAME, type SparseToDenseAttrs, type SparseToDenseInputs, util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkWholes} from './shared/check.js';
import {fill} from './shared/fill.js';
import {defineKernel} from './shared/kernel.js';
import {replaceSlices} from './shared/slices.js';

/** A tensor of the default value, with sparseValues where the rows of sparseIndices say; float32, int32, bool. */
export const sparseToDense = defineKernel<SparseToDenseInputs, SparseToDenseAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {sparseIndices, sparseValues, defaultValue} = inputs;
  const {dtype} = sparseValues;
  checkWholes(NAME, 'outputShape', attrs.outputShape);
  tensors.checkRoom(attrs.outputShape, elementBytes(dtype) || 8);
  if (util.sizeFromShape(defaultValue.shape) !== 1) {
    throw new Error(`SparseToDense: defaultValue has the shape [${defaultValue.shape}]; expected one element.`);
  }
  if (!elementBytes(dtype) || defaultValue.dtype !== dtype || sparseIndices.dtype !== 'int32') return undefined;
  const y = fill(tensors, attrs.outputShape, dtype, tensors.view(defaultValue)[0]);
  if (y) replaceSlices(tensors, sparseIndices, sparseValues, y);
  return y;
});
