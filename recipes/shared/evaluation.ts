import type {Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {BatchDataset} from './batches';
import {type ClassificationMetrics, classificationMetrics} from './metrics';

const BATCH_SIZE = 250;

/** Predicts a whole split with a model of one [n, classes] softmax output and compares with the labels. */
export async function evaluate(model: LayersModel, split: MnistSplit): Promise<ClassificationMetrics> {
  const classes = model.outputs[0].shape[1] as number;
  const probabilities = new Float32Array(split.size * classes);
  let filled = 0;
  for await (const {xs, ys} of await new BatchDataset(split, BATCH_SIZE).iterator()) {
    const predictions = model.predictOnBatch(xs) as Tensor;
    probabilities.set(await predictions.data(), filled);
    filled += predictions.size;
    for (const tensor of [xs, ys, predictions]) tensor.dispose();
    // A signal is delivered only between turns of the event loop.
    await new Promise(setImmediate);
  }
  return classificationMetrics(probabilities, split.labels, classes);
}
