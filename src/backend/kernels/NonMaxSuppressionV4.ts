import {NonMaxSuppressionV4 as NAME} from '@tensorflow/tfjs-core';
import {firstOf, suppressionKernel} from './shared/nonMaxSuppression.js';

/** NonMaxSuppressionV3's indices, if asked for with zeros up to maxOutputSize, and how many of them there are. */
export const nonMaxSuppressionV4 = suppressionKernel(NAME, (tensors, {indices, scores, count}, attrs) => {
  const {maxOutputSize, padToMaxOutputSize} = attrs;
  tensors.dispose(scores);
  const length = padToMaxOutputSize && maxOutputSize > count ? maxOutputSize : count;
  return [firstOf(tensors, indices, count, length), tensors.upload(Int32Array.of(count), [], 'int32')];
});
