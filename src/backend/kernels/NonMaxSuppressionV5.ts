import {NonMaxSuppressionV5 as NAME} from '@tensorflow/tfjs-core';
import {firstOf, suppressionKernel} from './shared/nonMaxSuppression.js';

/** The same with scores that overlaps lower, if softNmsSigma is more than 0: the indices and the scores by then. */
export const nonMaxSuppressionV5 = suppressionKernel(NAME, (tensors, {indices, scores, count}) => [
  firstOf(tensors, indices, count),
  firstOf(tensors, scores, count),
]);
