import {createRequire} from 'node:module';
import os from 'node:os';
import {util, version_core} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistData, MnistSplit} from 'mnist-wasm/mnist';
import {processorName} from '../../common/node/processor';
import {median} from '../../common/statistics';
import {
  type ClassificationMetrics,
  type EpochProgress,
  type Evaluation,
  type StageResult,
  type StageTraining,
  type TrainingHistory,
  variantOf,
} from '../../recipes';
import type {ActiveBackend} from '../backend';
import type {TrainingPlan} from './plan';
import {repeatCommand} from './repeat';

/** All figures of one run: what `--json` writes and the report shows. */
export interface RunRecord {
  recipe: string;
  title: string;
  /** The name that it was given, if it was. */
  name?: string;
  /** Which of the recipe's models, where it has several. */
  variant?: string;
  /** When the run ended, ISO 8601. */
  date: string;
  status: StageTraining['status'];
  data: {source: MnistData['source']; description: string; train: number; validation: number; test: number};
  backend: string;
  featureLevel: string | null;
  /** That computed at the end, of mnist-wasm. */
  threads: number | null;
  seed: number;
  optimizer: string;
  learningRate: number;
  /** Whether the learning rate fell linearly to 0. */
  decays: boolean;
  /** Of the first stage. */
  batchSize: number;
  /** Of all stages, had none been cut short or stopped early. */
  epochs: number;
  /** The test set's figures after each stage. */
  stages: StageResult[];
  model: {parameters: number; trainable: number; layers: LayerRecord[]};
  history: TrainingHistory;
  /** Wall time of each whole epoch, validation included. */
  epochSeconds: number[];
  /** From 1; the epoch whose weights the model has, where early stopping chose it. */
  bestEpoch: number | null;
  stoppedEarly: boolean;
  /** How many times the run was taken up again from a checkpoint. */
  resumed: number;
  partialEpoch: EpochProgress | null;
  steps: number;
  /** Median of this process's steps after the warm-up. */
  millisecondsPerStep: number | null;
  trainingSeconds: number;
  test: Pick<ClassificationMetrics, 'loss' | 'accuracy' | 'correct' | 'total' | 'perClass' | 'confusionMatrix'>;
  /** The first test images and what the model says of them. */
  samples: SampleRecord[];
  /** What repeats the run, into another folder. */
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
  plan: TrainingPlan;
  data: MnistData;
  train: MnistSplit;
  validation?: MnistSplit;
  backend: ActiveBackend;
  model: LayersModel;
}

export function runRecord(run: Run, training: StageTraining, {metrics, probabilities}: Evaluation): RunRecord {
  const {plan, data, train, validation, backend, model} = run;
  const {recipe, optimizer} = plan;
  const {state} = training;
  const {mistakes: _mistakes, ...test} = metrics;
  return {
    recipe: recipe.name,
    title: recipe.title,
    name: plan.options.name,
    variant: variantOf(recipe, plan.model),
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
    threads: backend.threads(),
    seed: plan.seed,
    optimizer: model.optimizer.getClassName(),
    learningRate: optimizer.learningRate,
    decays: optimizer.decays,
    batchSize: plan.stages[0].batchSize,
    epochs: plan.stages.reduce((sum, {epochs}) => sum + epochs, 0),
    stages: state.finishedStages,
    model: modelRecord(model),
    history: state.history,
    epochSeconds: state.epochSeconds,
    bestEpoch: training.bestEpoch,
    stoppedEarly: training.stoppedEarly,
    resumed: state.resumed,
    partialEpoch: state.partialEpoch,
    steps: state.steps,
    millisecondsPerStep: training.stepTimes.length === 0 ? null : median(training.stepTimes),
    trainingSeconds: state.seconds,
    test,
    samples: samples(data.test, probabilities, test.confusionMatrix.length),
    command: repeatCommand(plan, data),
    environment: environment(),
    versions: {'mnist-wasm': packageVersion(), tfjs: version_core, node: process.versions.node},
  };
}

export function packageVersion(): string {
  return (createRequire(import.meta.url)('mnist-wasm/package.json') as {version: string}).version;
}

export function modelRecord(model: LayersModel): RunRecord['model'] {
  const trainable = model.trainableWeights.reduce((sum, {shape}) => sum + util.sizeFromShape(shape as number[]), 0);
  return {parameters: model.countParams(), trainable, layers: layers(model)};
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

const SAMPLES = 3;

function samples({labels}: MnistSplit, probabilities: Float32Array, classes: number): SampleRecord[] {
  return Array.from(labels.subarray(0, SAMPLES), (label, index) => ({
    index,
    label,
    probabilities: Array.from(probabilities.subarray(index * classes, (index + 1) * classes)),
  }));
}

function environment(): RunRecord['environment'] {
  return {
    cpu: processorName(),
    cores: os.availableParallelism(),
    system: `${os.type()} ${os.release()}, ${os.arch()}`,
  };
}

/** A run.json; undefined where the text is something else. */
export function parseRecord(text: string): RunRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<RunRecord> | null;
    return record?.test && record.history && record.model && record.title && record.date
      ? (record as RunRecord)
      : undefined;
  } catch {
    return undefined;
  }
}
