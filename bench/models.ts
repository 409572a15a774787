import {cast, dispose, oneHot, randomUniform, setBackend, type Tensor, tidy, train} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {lenet} from '../recipes/models/lenet';
import {medianMilliseconds} from './measure';

export interface ModelResult {
  model: string;
  task: 'training step' | 'inference';
  batch: number;
  /** Milliseconds a step or a batch, by backend; absent where the backend cannot. */
  milliseconds: Record<string, number>;
}

interface ModelCase {
  model: string;
  task: ModelResult['task'];
  batch: number;
  /** Backends that lack a kernel for this. */
  except?: readonly string[];
}

/** tfjs-backend-wasm has no Conv2DBackpropFilter (tensorflow/tfjs#8474): it trains no convolution. */
export const modelCases: readonly ModelCase[] = [
  {model: 'LeNet', task: 'training step', batch: 120, except: ['wasm']},
  {model: 'LeNet', task: 'inference', batch: 1},
  {model: 'LeNet', task: 'inference', batch: 256},
];

export async function benchModel(modelCase: ModelCase, backends: readonly string[]): Promise<ModelResult> {
  const {model: name, task, batch, except = []} = modelCase;
  const milliseconds: Record<string, number> = {};
  for (const backend of backends) {
    if (except.includes(backend)) continue;
    await setBackend(backend);
    const model = lenet(1);
    const images = randomUniform([batch, 28, 28, 1], 0, 1, 'float32', 1);
    const labels = tidy(() => cast(oneHot(cast(randomUniform([batch], 0, 10, 'float32', 2), 'int32'), 10), 'float32'));
    const run = task === 'inference' ? () => predict(model, images) : trainingStep(model, images, labels);
    milliseconds[backend] = await medianMilliseconds(run);
    dispose([images, labels]);
    model.dispose();
  }
  return {model: name, task, batch, milliseconds};
}

/** From the batch to the probabilities in JavaScript. */
function predict(model: LayersModel, images: Tensor): void {
  const probabilities = model.predict(images) as Tensor;
  probabilities.dataSync();
  probabilities.dispose();
}

/** One step of adam: forward, backward, update, and the loss in JavaScript. */
function trainingStep(model: LayersModel, images: Tensor, labels: Tensor): () => Promise<unknown> {
  model.compile({optimizer: train.adam(0.001), loss: 'categoricalCrossentropy'});
  return () => model.trainOnBatch(images, labels);
}
