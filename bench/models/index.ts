import {
  cast,
  dispose,
  type Optimizer,
  oneHot,
  randomUniform,
  setBackend,
  type Tensor,
  tidy,
  train,
} from '@tensorflow/tfjs-core';
import type {LayersModel, Sequential} from '@tensorflow/tfjs-layers';
import {alexnet} from '../recipes/models/alexnet';
import {batchNormCnn} from '../recipes/models/batch-norm-cnn';
import {lenet} from '../recipes/models/lenet';
import {mlp} from '../recipes/models/mlp';
import {simpleCnn} from '../recipes/models/simple-cnn';
import {stridedCnn} from '../recipes/models/strided-cnn';
import {medianMilliseconds} from './measure';

/** What is timed of a model. */
export interface ModelCase {
  model: string;
  task: 'training step' | 'inference';
  batch: number;
}

export interface ModelResult extends ModelCase {
  /** Milliseconds a step or a batch, by backend or peer; absent where it cannot. */
  milliseconds: Record<string, number>;
}

/** A model of the recipes, as it is trained. */
interface BenchModel {
  /** As bench/peers/pytorch.py names it too. */
  name: string;
  create: () => Sequential;
  input: readonly number[];
  batch: number;
  optimizer: () => Optimizer;
  /** Whether the CPU backend trains it in seconds a step, not minutes. */
  onCpu?: boolean;
  /** Whether it has convolutions, which tfjs-backend-wasm cannot train (tensorflow/tfjs#8474). */
  convolutional: boolean;
}

const image = [28, 28, 1];
const adam = () => train.adam(0.001);

const benchModels: readonly BenchModel[] = [
  {name: 'LeNet', create: () => lenet(1), input: image, batch: 120, optimizer: adam, onCpu: true, convolutional: true},
  {name: 'model A', create: () => simpleCnn(1, 32), input: image, batch: 128, optimizer: adam, convolutional: true},
  {name: 'model B', create: () => simpleCnn(1, 64), input: image, batch: 128, optimizer: adam, convolutional: true},
  {name: 'recipe 2', create: () => batchNormCnn(1), input: image, batch: 128, optimizer: adam, convolutional: true},
  {
    name: 'recipe 3',
    create: () => stridedCnn(1),
    input: image,
    batch: 128,
    optimizer: () => train.rmsprop(0.001, 0.9, 0, 1e-7),
    convolutional: true,
  },
  {name: 'MLP', create: () => mlp(1), input: [784], batch: 128, optimizer: adam, onCpu: true, convolutional: false},
  {name: 'AlexNet', create: () => alexnet(1), input: image, batch: 64, optimizer: adam, convolutional: true},
];

export const modelCases: readonly ModelCase[] = benchModels.flatMap(({name, batch}): ModelCase[] => [
  {model: name, task: 'training step', batch},
  {model: name, task: 'inference', batch: 1},
  {model: name, task: 'inference', batch: 256},
]);

export async function benchModel(
  {model: name, task, batch}: ModelCase,
  backends: readonly string[],
): Promise<Record<string, number>> {
  const description = benchModels.find((m) => m.name === name) as BenchModel;
  const milliseconds: Record<string, number> = {};
  for (const backend of backends) {
    if (!canRun(description, task, backend)) continue;
    await setBackend(backend);
    const model = description.create();
    const inputs = randomUniform([batch, ...description.input], 0, 1, 'float32', 1);
    const labels = tidy(() => cast(oneHot(cast(randomUniform([batch], 0, 10, 'float32', 2), 'int32'), 10), 'float32'));
    const optimizer = description.optimizer();
    const run = task === 'inference' ? () => predict(model, inputs) : trainingStep(model, optimizer, inputs, labels);
    milliseconds[backend] = await medianMilliseconds(run);
    dispose([inputs, labels]);
    optimizer.dispose();
    model.dispose();
  }
  return milliseconds;
}

function canRun({onCpu, convolutional}: BenchModel, task: ModelResult['task'], backend: string): boolean {
  if (backend === 'cpu') return onCpu === true;
  return backend !== 'wasm' || task === 'inference' || !convolutional;
}

/** From the batch to the probabilities in JavaScript. */
function predict(model: LayersModel, inputs: Tensor): void {
  const probabilities = model.predict(inputs) as Tensor;
  probabilities.dataSync();
  probabilities.dispose();
}

/** One step: forward, backward, update, and the loss in JavaScript. */
function trainingStep(model: LayersModel, optimizer: Optimizer, xs: Tensor, ys: Tensor): () => Promise<unknown> {
  model.compile({optimizer, loss: 'categoricalCrossentropy'});
  return () => model.trainOnBatch(xs, ys);
}
