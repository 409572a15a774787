import {
  backend_util,
  SpaceToBatchND as NAME,
  PadV2,
  type SpaceToBatchNDAttrs,
  type SpaceToBatchNDInputs,
  util,
} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkPairs, checkWholes} from './shared/check.js';
import {defineKernel, runKernel} from './shared/kernel.js';
import {transpose} from './shared/transpose.js';

/**
 * Pads x with zeros, then moves blocks of blockShape from the dimensions after the batch to it; float32, int32, bool.
 */
export const spaceToBatchND = defineKernel<SpaceToBatchNDInputs, SpaceToBatchNDAttrs>(NAME, (call) => {
  const {inputs, attrs, tensors} = call;
  const {x} = inputs;
  const {blockShape} = attrs;
  checkWholes(NAME, 'blockShape', blockShape, undefined, 1);
  checkPairs(NAME, 'paddings', attrs.paddings, blockShape.length);
  if (blockShape.length >= x.shape.length) {
    throw new Error(`SpaceToBatchND: x has the shape [${x.shape}]; expected more dimensions than [${blockShape}].`);
  }
  if (!elementBytes(x.dtype)) return undefined;
  const paddings = x.shape.map((_, i) => attrs.paddings[i - 1] ?? [0, 0]);
  const padded = runKernel(tensors, PadV2, {x}, {paddings, constantValue: 0});
  if (blockShape.some((block, i) => padded.shape[i + 1] % block !== 0)) {
    throw new Error(
      `SpaceToBatchND: x with its paddings is [${padded.shape}]; expected multiples of blockShape [${blockShape}] ` +
        'behind the batch.',
    );
  }
  const block = util.sizeFromShape(blockShape);
  const split = backend_util.getReshaped(padded.shape, blockShape, block, false);
  const perm = backend_util.getPermuted(split.length, blockShape.length, false);
  const shape = backend_util.getReshapedPermuted(padded.shape, blockShape, block, false);
  const y = {...transpose(tensors, {...padded, shape: split}, perm), shape};
  tensors.dispose(padded);
  return y;
});
