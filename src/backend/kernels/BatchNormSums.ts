import {Multiply, Sub, Sum, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {BATCH_NORM_SUMS} from '../gradients/FusedBatchNorm.js';
import type {Tensors} from '../tensors.js';
import {checkColumns, inOnePass} from './shared/batchNorm.js';
import {consume, defineKernel, runKernel} from './shared/kernel.js';

type Inputs = {dy: TensorInfo; x: TensorInfo; mean: TensorInfo};

/**
 * The sums that the gradient of a batch normalisation needs, along all axes but the last, float32: [the sum of dy, the sum of
 * dy (x - mean)]. No kernel of tfjs's: this backend's gradients run it.
 */
export const batchNormSums = defineKernel<Inputs>(BATCH_NORM_SUMS, ({inputs: {dy, x, mean}, tensors}) => {
  checkColumns(BATCH_NORM_SUMS, x, {mean});
  util.assert(
    util.arraysEqual(dy.shape, x.shape),
    () => `${BATCH_NORM_SUMS}: dy and x must have the same shape, got [${dy.shape}] and [${x.shape}].`,
  );
  const {wasm} = tensors;
  const sums = inOnePass(tensors, x, [dy, x, mean], ({offsets, rows, columns, first, second, scratch}) =>
    wasm.batch_norm_sums_f32(offsets[0], offsets[1], rows, columns, offsets[2], first, second, scratch),
  );
  return sums ?? composedSums(tensors, dy, x, mean);
});

function composedSums(tensors: Tensors, dy: TensorInfo, x: TensorInfo, mean: TensorInfo): TensorInfo[] {
  const axis = x.shape.map((_, i) => i).slice(0, -1);
  const sum = runKernel(tensors, Sum, {x: dy}, {axis});
  const deviation = runKernel(tensors, Sub, {a: x, b: mean}, {});
  const product = consume(tensors, deviation, runKernel(tensors, Multiply, {a: dy, b: deviation}, {}));
  return [sum, consume(tensors, product, runKernel(tensors, Sum, {x: product}, {axis}))];
}
