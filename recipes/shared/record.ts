import {createRequire} from 'node:module';
import os from 'node:os';
import {util, version_core} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistData, MnistSplit} from 'mnist-wasm/mnist';
import type {ActiveBackend} from './backend';
import type {ClassificationMetrics} from './metrics';
import type {TrainOptions} from './options';
import type {Recipe} from './recipe';
import type {EpochProgress, TrainingHistory, TrainingResult} from './training';

/** All figures of one run: what `--json` writes and the report shows. */
export interface RunRecord {
  recipe: string;
  title: string;
  /** Which of the recipe's models, where it has several. */
  variant?: string;
  /** When the run ended, ISO 8601. */
  date: string;
  status: TrainingResult['status'];
  data: {source: MnistData['source']; description: string; train: number; validation: number; test: number};
  backend: string;
  featureLevel: string | null;
  seed: number;
  optimizer: string;
  learningRate: number;
  batchSize: number;
  epochs: number;
  model: {parameters: number; trainable: number; layers: LayerRecord[]};
  history: TrainingHistory;
  /** Wall time of each whole epoch, validation included. */
  epochSeconds: number[];
  /** From 1; the epoch whose weights the model has, where it is not the last. */
  bestEpoch: number | null;
  stoppedEarly: boolean;
  /** How many times the run was taken up again from a checkpoint. */
  resumed: number;
  partialEpoch: EpochProgress | null;
  steps: number;
  millisecondsPerStep: number | null;
  trainingSeconds: number;
  test: Pick<ClassificationMetrics, 'loss' | 'accuracy' | 'correct' | 'total' | 'perClass' | 'confusionMatrix'>;
  /** The first test images and what the model says of them. */
  samples: SampleRecord[];
  /** What repeats the run. */
  command: string;
  environment: {cpu: string; cores: number; system: string};
  versions: {'mnist-wasm': string; tfjs: string; node: string};
}

export interface SampleRecord {
  /** Position in the test set. */
  index: number;
  label: number;
  /** One for each class. */
  probabilities: number[];
}

export interface LayerRecord {
  name: string;
  type: string;
  outputShape: string;
  parameters: number;
  /** The names of the layers that it takes its input from; a name that no layer of the record has is the model's input. */
  inputs: string[];
}

export interface Run {
  recipe: Recipe;
  options: TrainOptions;
  data: MnistData;
  train: MnistSplit;
  validation?: MnistSplit;
  backend: ActiveBackend;
  model: LayersModel;
}

export function runRecord(run: Run, training: TrainingResult, metrics: ClassificationMetrics): RunRecord {
  const {recipe, options, data, train, validation, backend, model} = run;
  const {mistakes: _mistakes, ...test} = metrics;
  return {
    recipe: recipe.name,
    title: recipe.title,
    date: new Date().toISOString(),
    status: training.status,
    data: {
      source: data.source,
      description: data.description,
      train: train.size,
      validation: validation?.size ?? 0,
      test: data.test.size,
    },
    backend: backend.name,
    featureLevel: backend.featureLevel,
    seed: options.seed,
    optimizer: model.optimizer.getClassName(),
    learningRate: options.learningRate,
    batchSize: options.batchSize,
    epochs: options.epochs,
    model: {parameters: model.countParams(), trainable: trainableParameters(model), layers: layers(model)},
    history: training.history,
    epochSeconds: [],
    bestEpoch: null,
    stoppedEarly: false,
    resumed: 0,
    partialEpoch: training.partialEpoch,
    steps: training.steps,
    millisecondsPerStep: training.millisecondsPerStep,
    trainingSeconds: training.seconds,
    test,
    samples: [],
    command: '',
    environment: environment(),
    versions: {'mnist-wasm': packageVersion(), tfjs: version_core, node: process.versions.node},
  };
}

export function packageVersion(): string {
  return (createRequire(import.meta.url)('mnist-wasm/package.json') as {version: string}).version;
}

function layers(model: LayersModel): LayerRecord[] {
  return model.layers.map((layer) => ({
    name: layer.name,
    type: layer.getClassName(),
    outputShape: JSON.stringify(layer.outputShape).replaceAll('null', 'batch').replaceAll(',', ', '),
    parameters: layer.countParams(),
    inputs: layer.inboundNodes.flatMap((node) => node.inboundLayers.map(({name}) => name)),
  }));
}

function trainableParameters({trainableWeights}: LayersModel): number {
  return trainableWeights.reduce((sum, {shape}) => sum + util.sizeFromShape(shape as number[]), 0);
}

function environment(): RunRecord['environment'] {
  const processors = os.cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    system: `${os.type()} ${os.release()}, ${os.arch()}`,
  };
}
