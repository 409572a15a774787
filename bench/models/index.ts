import type {Optimizer} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {createOptimizer, type OptimizerSettings, recipes, runName} from '../../recipes';

/** How a model is trained: the size of a batch, and by what. */
export interface Training {
  batch: number;
  optimizer: OptimizerSettings['name'];
}

/** A model of the recipes. */
export interface BenchModel {
  /** As the command line names it; bench/peers/pytorch.py too. */
  name: string;
  create: () => LayersModel;
  input: readonly number[];
  /** As its recipe trains it, and another way where there are older figures. */
  trainings: readonly [Training, ...Training[]];
}

/** What is timed of a model. */
export interface ModelCase {
  model: string;
  task: 'training step' | 'inference';
  batch: number;
  /** Of a training step. */
  optimizer?: Training['optimizer'];
}

export interface ModelResult extends ModelCase {
  /** Milliseconds a step or a batch, by column; absent where it cannot. */
  milliseconds: Record<string, number>;
}

/** Variants of the MLP take as long but for their dropout. */
const LEFT_OUT = ['mlp-l2', 'mlp-dropout', 'mlp-l2-dropout'];
/** What they were trained with in figures that were published before; the recipes take smaller batches. */
const FORMER: Record<string, Training> = {
  'strided-cnn': {batch: 128, optimizer: 'rmsprop'},
  'simple-cnn-a': {batch: 128, optimizer: 'adam'},
  'simple-cnn-b': {batch: 128, optimizer: 'adam'},
};

export const benchModels: readonly BenchModel[] = recipes.flatMap((recipe) =>
  recipe.models
    .map((model) => ({name: runName(recipe, model), model}))
    .filter(({name}) => !LEFT_OUT.includes(name))
    .map(({name, model}): BenchModel => {
      const own = {batch: recipe.stages[0].batchSize, optimizer: recipe.optimizer.name};
      return {
        name,
        create: () => model.build(1),
        input: recipe.name === 'mlp' ? [784] : [28, 28, 1],
        trainings: name in FORMER ? [own, FORMER[name]] : [own],
      };
    }),
);

/** Every model's training steps first: that is what the project is for. */
export const modelCases: readonly ModelCase[] = [
  ...benchModels.flatMap(({name, trainings}) =>
    trainings.map((training): ModelCase => ({model: name, task: 'training step', ...training})),
  ),
  ...benchModels.flatMap(({name}) => [1, 256].map((batch): ModelCase => ({model: name, task: 'inference', batch}))),
];

/** What a case is called: in the progress, and where `--only` looks. */
export function titleOf({model, task, batch, optimizer}: ModelCase): string {
  return `${model} ${task}, batch ${batch}${optimizer ? `, ${optimizer}` : ''}`;
}

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
export function optimizerOf({optimizer = 'adam'}: ModelCase): Optimizer {
  return createOptimizer({name: optimizer, learningRate: 0.001});
}
