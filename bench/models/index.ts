import type {Optimizer} from '@tensorflow/tfjs-core';
import type {Sequential} from '@tensorflow/tfjs-layers';
import {alexnet, batchNormCnn, createOptimizer, lenet, mlp, simpleCnn, stridedCnn} from '../../recipes';

/** A model of the recipes, as it is trained. */
export interface BenchModel {
  /** As bench/peers/pytorch.py names it too. */
  name: string;
  create: () => Sequential;
  input: readonly number[];
  /** The size of a training batch. */
  batch: number;
  optimizer: 'adam' | 'rmsprop';
}

/** What is timed of a model. */
export interface ModelCase {
  model: string;
  task: 'training step' | 'inference';
  batch: number;
}

export interface ModelResult extends ModelCase {
  /** Milliseconds a step or a batch, by column; absent where it cannot. */
  milliseconds: Record<string, number>;
}

const image = [28, 28, 1];

export const benchModels: readonly BenchModel[] = [
  {name: 'LeNet', create: () => lenet(1), input: image, batch: 120, optimizer: 'adam'},
  {name: 'model A', create: () => simpleCnn(1, 32), input: image, batch: 128, optimizer: 'adam'},
  {name: 'model B', create: () => simpleCnn(1, 64), input: image, batch: 128, optimizer: 'adam'},
  {name: 'recipe 2', create: () => batchNormCnn(1), input: image, batch: 128, optimizer: 'adam'},
  {name: 'recipe 3', create: () => stridedCnn(1), input: image, batch: 128, optimizer: 'rmsprop'},
  {name: 'MLP', create: () => mlp(1), input: [784], batch: 128, optimizer: 'adam'},
  {name: 'AlexNet', create: () => alexnet(1), input: image, batch: 64, optimizer: 'adam'},
];

/** Every model's training step first: that is what the project is for. */
export const modelCases: readonly ModelCase[] = [
  ...benchModels.map(({name, batch}): ModelCase => ({model: name, task: 'training step', batch})),
  ...benchModels.flatMap(({name}) => [1, 256].map((batch): ModelCase => ({model: name, task: 'inference', batch}))),
];

/** @throws Error if there is none of that name. */
export function findModel(name: string): BenchModel {
  const found = benchModels.find((model) => model.name === name);
  if (!found) throw new Error(`the benchmark has no model '${name}'`);
  return found;
}

/** The shape of an example where channels stand first; images have one. */
export function channelsFirst({input}: BenchModel): readonly number[] {
  return input.length === 3 ? [input[2], input[0], input[1]] : input;
}

/** At the learning rate that bench/peers/pytorch.py has too. */
export function optimizerOf({optimizer}: BenchModel): Optimizer {
  return createOptimizer({name: optimizer, learningRate: 0.001});
}
