import {type DepthToSpaceAttrs, type DepthToSpaceInputs, DepthToSpace as NAME} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {checkRank, checkWhole} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';
import {transpose} from './shared/transpose.js';

/** Moves the channels of each pixel to blocks of blockSize x blockSize pixels, NHWC or NCHW; float32, int32, bool. */
export const depthToSpace = defineKernel<DepthToSpaceInputs, DepthToSpaceAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {x} = inputs;
  const {blockSize: block, dataFormat} = attrs;
  checkRank(NAME, 'x', x, 4);
  checkWhole(NAME, 'blockSize', block, 1);
  if (dataFormat !== 'NHWC' && dataFormat !== 'NCHW') {
    throw new Error(`DepthToSpace: dataFormat is ${dataFormat}; expected 'NHWC' or 'NCHW'.`);
  }
  const [batch, height, width, channels] =
    dataFormat === 'NHWC' ? x.shape : [x.shape[0], x.shape[2], x.shape[3], x.shape[1]];
  const depth = channels / (block * block);
  if (!Number.isInteger(depth)) {
    throw new Error(`DepthToSpace: x has ${channels} channels; expected a multiple of ${block} * ${block}.`);
  }
  if (!elementBytes(x.dtype)) return undefined;
  const [split, perm, shape] =
    dataFormat === 'NHWC'
      ? [
          [batch, height, width, block, block, depth],
          [0, 1, 3, 2, 4, 5],
          [batch, height * block, width * block, depth],
        ]
      : [
          [batch, block, block, depth, height, width],
          [0, 3, 4, 1, 5, 2],
          [batch, depth, height * block, width * block],
        ];
  return {...transpose(tensors, {...x, shape: split}, perm), shape};
});
