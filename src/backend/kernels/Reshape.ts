import {Reshape as NAME, type ReshapeAttrs, type ReshapeInputs, util} from '@tensorflow/tfjs-core';
import {checkWholes} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/** The same bytes under another shape; one dimension may be -1. */
export const reshape = defineKernel<ReshapeInputs, ReshapeAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {x} = inputs;
  const size = util.sizeFromShape(x.shape);
  checkWholes(NAME, 'shape', attrs.shape, undefined, -1);
  const shape = util.inferFromImplicitShape(attrs.shape, size);
  const newSize = util.sizeFromShape(shape);
  util.assert(
    size === newSize,
    () => `Reshape: a tensor of shape [${x.shape}] has ${size} elements, the shape [${shape}] has ${newSize}.`,
  );
  return tensors.share(x, shape);
});
