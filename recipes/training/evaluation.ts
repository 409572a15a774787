import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {BatchDataset} from 'mnist-wasm/training';
import {nextTurn} from '../../common/turn';
import {exampleSource} from './examples';
import {type ClassificationMetrics, classificationMetrics} from './metrics';

const BATCH_SIZE = 250;

export interface Evaluation {
  metrics: ClassificationMetrics;
  /** [images, classes]. */
  probabilities: Float32Array;
}

/**
 * Predicts a whole split with a model of one [n, classes] softmax output and compares with the labels.
 *
 * @param onProgress called with the number of images done.
 */
export async function evaluate(
  model: LayersModel,
  split: MnistSplit,
  onProgress?: (done: number) => void,
): Promise<Evaluation> {
  const classes = model.outputs[0].shape[1] as number;
  const probabilities = new Float32Array(split.size * classes);
  let filled = 0;
  for await (const {xs, ys} of await new BatchDataset(exampleSource(model, split), BATCH_SIZE).iterator()) {
    const predictions = model.predictOnBatch(xs) as Tensor;
    probabilities.set(await predictions.data(), filled);
    filled += predictions.size;
    dispose([xs, ys, predictions]);
    onProgress?.(filled / classes);
    await nextTurn();
  }
  return {metrics: classificationMetrics(probabilities, split.labels, classes), probabilities};
}
