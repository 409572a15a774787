import {FusedBatchNorm, Mean, Square, Sub, type TensorInfo} from '@tensorflow/tfjs-core';
import {
  BATCH_NORM_TRAINING,
  type BatchNormTrainingAttrs,
  replaceBatchNormalization,
} from '../layers/batch-normalization.js';
import type {Tensors} from '../tensors.js';
import {checkColumns, inOnePass} from './shared/batchNorm.js';
import {consume, defineKernel, runKernel} from './shared/kernel.js';

type Inputs = {x: TensorInfo; scale: TensorInfo; offset: TensorInfo};

/**
 * FusedBatchNorm of x by its own mean and variance along all axes but the last, float32; returns [y, mean, variance]. No
 * kernel of tfjs's: this backend's BatchNormalization layer runs it, which is looked for whenever tfjs makes the backend the
 * active one.
 */
export const batchNormTraining = {
  ...defineKernel<Inputs, BatchNormTrainingAttrs>(BATCH_NORM_TRAINING, ({inputs, attrs, tensors}) => {
    const {x, scale, offset} = inputs;
    checkColumns(BATCH_NORM_TRAINING, x, {scale, offset});
    const statistics = inOnePass(tensors, x, [x], ({offsets: [from], rows, columns, first, second, scratch}) =>
      tensors.wasm.batch_statistics_f32(from, rows, columns, first, second, scratch),
    );
    const [mean, variance] = statistics ?? composedStatistics(tensors, x);
    const y = runKernel(tensors, FusedBatchNorm, {x, mean, variance, scale, offset}, attrs);
    return [y, mean, variance];
  }),
  setupFunc: replaceBatchNormalization,
};

/** As tf.moments has them. */
function composedStatistics(tensors: Tensors, x: TensorInfo): [TensorInfo, TensorInfo] {
  const axis = x.shape.map((_, i) => i).slice(0, -1);
  const mean = runKernel(tensors, Mean, {x}, {axis});
  const deviation = runKernel(tensors, Sub, {a: x, b: mean}, {});
  const square = consume(tensors, deviation, runKernel(tensors, Square, {x: deviation}, {}));
  return [mean, consume(tensors, square, runKernel(tensors, Mean, {x: square}, {axis}))];
}
