import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {type MnistSplit, toTensors} from 'mnist-wasm/mnist';
import {BatchDataset} from 'mnist-wasm/training';
import {type ClassificationMetrics, classificationMetrics} from './metrics';

const BATCH_SIZE = 250;

/** Predicts a whole split with a model of one [n, classes] softmax output and compares with the labels. */
export async function evaluate(model: LayersModel, split: MnistSplit): Promise<ClassificationMetrics> {
  const classes = model.outputs[0].shape[1] as number;
  const probabilities = new Float32Array(split.size * classes);
  let filled = 0;
  const all = toTensors(split);
  try {
    for await (const {xs, ys} of await new BatchDataset(all, BATCH_SIZE).iterator()) {
      const predictions = model.predictOnBatch(xs) as Tensor;
      probabilities.set(await predictions.data(), filled);
      filled += predictions.size;
      dispose([xs, ys, predictions]);
      // A signal is delivered only between turns of the event loop.
      await new Promise(setImmediate);
    }
  } finally {
    dispose([all.xs, all.ys]);
  }
  return classificationMetrics(probabilities, split.labels, classes);
}
