import {Multiply, Sub, Sum, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {BATCH_NORM_SUMS} from '../gradients/FusedBatchNorm.js';
import type {Tensors} from '../tensors.js';
import {checkColumns} from './shared/batchNorm.js';
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
  return sums(tensors, dy, x, mean) ?? composedSums(tensors, dy, x, mean);
});

/** In one pass; undefined where they are not finite, or the columns are no whole vectors. */
function sums(tensors: Tensors, dy: TensorInfo, x: TensorInfo, mean: TensorInfo): TensorInfo[] | undefined {
  const columns = x.shape[x.shape.length - 1];
  const rows = util.sizeFromShape(x.shape) / columns;
  if (columns % 4 !== 0 || !(rows > 0)) return undefined;
  const operands = [tensors.offset(dy), tensors.offset(x), rows, columns, tensors.offset(mean)] as const;
  const results = [tensors.allocate([columns], 'float32'), tensors.allocate([columns], 'float32')];
  const [sum, product] = results.map((result) => tensors.offset(result));
  const areFinite = tensors.withScratch(tensors.wasm.batch_sums_f32_scratch_bytes(rows, columns), (scratch) =>
    tensors.wasm.batch_norm_sums_f32(...operands, sum, product, scratch),
  );
  if (areFinite) return results;
  for (const result of results) tensors.dispose(result);
  return undefined;
}

function composedSums(tensors: Tensors, dy: TensorInfo, x: TensorInfo, mean: TensorInfo): TensorInfo[] {
  const axis = x.shape.map((_, i) => i).slice(0, -1);
  const sum = runKernel(tensors, Sum, {x: dy}, {axis});
  const deviation = runKernel(tensors, Sub, {a: x, b: mean}, {});
  const product = consume(tensors, deviation, runKernel(tensors, Multiply, {a: dy, b: deviation}, {}));
  return [sum, consume(tensors, product, runKernel(tensors, Sum, {x: product}, {axis}))];
}
