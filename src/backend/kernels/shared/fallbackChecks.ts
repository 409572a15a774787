import type {NamedAttrMap, NamedTensorInfoMap, TensorInfo} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {axisOf, checkRank, checkWhole, checkWholes, MAX_INT32} from './check.js';

/** What a fallback kernel is called with. */
interface FallbackCall {
  inputs: NamedTensorInfoMap;
  attrs: NamedAttrMap;
  tensors: Tensors;
}

/** tfjs-backend-cpu makes lists of this many elements by one call with as many arguments, which the stack limits. */
const MAX_ARGUMENTS = 1 << 15;

/**
 * Checks of the attributes from which tfjs-backend-cpu would make lists without end, for kernels that only the fallback
 * has. All others check their attributes themselves.
 */
export const fallbackChecks: Readonly<Record<string, (call: FallbackCall) => void>> = {
  Multinomial({inputs: {logits}, attrs: {numSamples}, tensors}) {
    checkRank('Multinomial', 'logits', logits as TensorInfo, 2);
    checkWhole('Multinomial', 'numSamples', numSamples);
    tensors.checkRoom([(logits as TensorInfo).shape[0], numSamples as number]);
  },
  NonMaxSuppressionV3: checkSuppression('NonMaxSuppressionV3'),
  NonMaxSuppressionV4: checkSuppression('NonMaxSuppressionV4'),
  NonMaxSuppressionV5: checkSuppression('NonMaxSuppressionV5'),
  StringNGrams({attrs: {nGramWidths, padWidth}}) {
    checkWholes('StringNGrams', 'nGramWidths', nGramWidths, undefined, 1, MAX_ARGUMENTS);
    checkWhole('StringNGrams', 'padWidth', padWidth, -MAX_INT32);
  },
  StringToHashBucketFast({attrs: {numBuckets}}) {
    checkWhole('StringToHashBucketFast', 'numBuckets', numBuckets, 1, Number.MAX_SAFE_INTEGER);
  },
  Unique({inputs: {x}, attrs: {axis}}) {
    axisOf('Unique', axis as number, (x as TensorInfo).shape);
  },
};

function checkSuppression(op: string): (call: FallbackCall) => void {
  return ({inputs, attrs: {maxOutputSize, padToMaxOutputSize}}) => {
    const [boxes, scores] = [inputs.boxes as TensorInfo, inputs.scores as TensorInfo];
    checkRank(op, 'boxes', boxes, 2);
    checkRank(op, 'scores', scores, 1);
    if (boxes.shape[1] !== 4 || boxes.shape[0] !== scores.shape[0]) {
      throw new Error(`${op}: boxes are [${boxes.shape}], scores are [${scores.shape}]; expected [n, 4] and [n].`);
    }
    checkWhole(op, 'maxOutputSize', maxOutputSize, 0, padToMaxOutputSize ? MAX_ARGUMENTS : MAX_INT32);
  };
}
