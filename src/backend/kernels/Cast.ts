import {type CastAttrs, type CastInputs, Cast as NAME} from '@tensorflow/tfjs-core';
import {cast as castTensor} from './shared/cast.js';
import {defineKernel} from './shared/kernel.js';

/** x in another dtype; the same bytes if that is its own. All dtypes but string. */
export const cast = defineKernel<CastInputs, CastAttrs>(NAME, ({inputs: {x}, attrs, tensors}) =>
  castTensor(tensors, x, attrs.dtype),
);
