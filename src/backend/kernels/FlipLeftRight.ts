import {type FlipLeftRightInputs, FlipLeftRight as NAME} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkRank} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';
import {copyStrided, denseStrides} from './shared/strided.js';

/** NHWC images with their columns in reverse order; float32, int32, bool. */
export const flipLeftRight = defineKernel<FlipLeftRightInputs>(NAME, ({inputs: {image}, tensors}) => {
  checkRank(NAME, 'image', image, 4);
  if (!elementBytes(image.dtype)) return undefined;
  const strides = denseStrides(image.shape);
  const offset = (image.shape[2] - 1) * strides[2];
  strides[2] = -strides[2];
  return copyStrided(tensors, image, {offset, sizes: image.shape, strides}, image.shape);
});
