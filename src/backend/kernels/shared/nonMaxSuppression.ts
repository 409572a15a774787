import type {KernelConfig, NamedTensorInfoMap, TensorInfo} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {defineKernel, type KernelResult} from './kernel.js';

interface SuppressionInputs extends NamedTensorInfoMap {
  boxes: TensorInfo;
  scores: TensorInfo;
}

interface SuppressionAttrs {
  maxOutputSize: number;
  iouThreshold: number;
  scoreThreshold: number;
  softNmsSigma?: number;
  padToMaxOutputSize?: boolean;
}

/** The boxes that are taken: their indices and their scores are the first `count` elements. */
interface Taken {
  indices: TensorInfo;
  scores: TensorInfo;
  count: number;
}

/** A kernel that returns some of what is known of the boxes taken, and disposes of the rest; float32. */
export function suppressionKernel(
  kernelName: string,
  result: (tensors: Tensors, taken: Taken, attrs: SuppressionAttrs) => KernelResult,
): KernelConfig {
  return defineKernel<SuppressionInputs, SuppressionAttrs>(kernelName, ({inputs: {boxes, scores}, attrs, tensors}) => {
    if (boxes.dtype !== 'float32' || scores.dtype !== 'float32') return undefined;
    const [n] = scores.shape;
    if (scores.shape.length !== 1 || boxes.shape.length !== 2 || boxes.shape[0] !== n || boxes.shape[1] !== 4) {
      throw new Error(`${kernelName}: boxes are [${boxes.shape}], scores [${scores.shape}]; expected [n, 4] and [n].`);
    }
    const {maxOutputSize, iouThreshold, scoreThreshold, softNmsSigma = 0} = attrs;
    // As many as a loop runs while its counter is less; none for NaN.
    const limit = maxOutputSize > 0 ? Math.min(Math.ceil(maxOutputSize), n) : 0;
    const indices = tensors.allocate([limit], 'int32');
    const takenScores = tensors.allocate([limit], 'float32');
    const {wasm} = tensors;
    const count = tensors.withScratch(wasm.non_max_suppression_f32_scratch_bytes(n, limit), (scratch) =>
      wasm.non_max_suppression_f32(
        tensors.offset(boxes),
        tensors.offset(scores),
        n,
        limit,
        iouThreshold,
        scoreThreshold,
        softNmsSigma > 0 ? -0.5 / softNmsSigma : 0,
        tensors.offset(indices),
        tensors.offset(takenScores),
        scratch,
      ),
    );
    return result(tensors, {indices, scores: takenScores, count}, attrs);
  });
}

/** The first `count` elements of a vector of words, and zeros up to `length`; gives up the vector. */
export function firstOf(tensors: Tensors, x: TensorInfo, count: number, length = count): TensorInfo {
  if (count === length && x.shape[0] === count) return x;
  const y = tensors.allocate([length], x.dtype);
  tensors.writable(y).fill(0, count);
  tensors.wasm.copy_bytes(tensors.offset(x), tensors.offset(y), count * 4);
  tensors.dispose(x);
  return y;
}
