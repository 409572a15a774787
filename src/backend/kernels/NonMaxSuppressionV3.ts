import {NonMaxSuppressionV3 as NAME} from '@tensorflow/tfjs-core';
import {firstOf, suppressionKernel} from './shared/nonMaxSuppression.js';

/** The indices of the boxes of the highest scores that do not overlap too much; float32. */
export const nonMaxSuppressionV3 = suppressionKernel(NAME, (tensors, {indices, scores, count}) => {
  tensors.dispose(scores);
  return firstOf(tensors, indices, count);
});
