/** Two models that are trained alike, one by captured steps, and compared bit by bit: what the tests of captureTraining share. */
import {createHash} from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {captureTraining} from 'mnist-wasm/training';
import {expect} from 'vitest';
import {createOptimizer, LEARNING_RATES, recipes, runName, scalarsOf} from '../recipes';

export const models = recipes.flatMap((recipe) =>
  recipe.models.map((model) => ({recipe, model, name: runName(recipe, model)})),
);
export const OPTIMIZERS = Object.keys(LEARNING_RATES) as (keyof typeof LEARNING_RATES)[];

export function compiled(name: string, optimizer: keyof typeof LEARNING_RATES): LayersModel {
  const {model} = models.find((candidate) => candidate.name === name) as (typeof models)[number];
  const built = model.build(1);
  built.compile({
    optimizer: createOptimizer({name: optimizer, learningRate: LEARNING_RATES[optimizer]}),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return built;
}

export function batch({inputs}: LayersModel, size: number, seed: number): {xs: tf.Tensor; ys: tf.Tensor} {
  const shape = [size, ...(inputs[0].shape.slice(1) as number[])];
  return {
    xs: tf.randomUniform(shape, 0, 1, 'float32', seed),
    ys: tf.tidy(() => tf.cast(tf.oneHot(tf.randomUniform([size], 0, 10, 'int32', seed + 1), 10), 'float32')),
  };
}

/** A model with two kernels of the same shape, large enough for their chains to be deferred. */
export function squares(extra?: tfl.layers.Layer): LayersModel {
  const dense = (seed: number) =>
    tfl.layers.dense({units: 80, inputShape: [80], kernelInitializer: tfl.initializers.glorotUniform({seed})});
  const last = tfl.layers.dense({
    units: 10,
    activation: 'softmax',
    kernelInitializer: tfl.initializers.glorotUniform({seed: 3}),
  });
  const model = tfl.sequential({layers: [dense(1), dense(2), ...(extra ? [extra] : []), last]});
  model.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

export function setLearningRate({optimizer}: LayersModel, learningRate: number): void {
  const settable = optimizer as unknown as {learningRate: number; setLearningRate?: (rate: number) => void};
  if (settable.setLearningRate) settable.setLearningRate(learningRate);
  else settable.learningRate = learningRate;
}

export interface Plan {
  steps: number;
  /** Examples in the batch of a step. */
  sizeOf?: (step: number) => number;
  /** What happens after a step. */
  between?: (model: LayersModel, step: number) => unknown;
}

type Train = (xs: tf.Tensor, ys: tf.Tensor) => Promise<number | number[]>;

/** The losses and metrics of all steps, and the state that they leave. */
async function trained(model: LayersModel, train: Train, {steps, sizeOf = () => 8, between}: Plan) {
  const results: (number | number[])[] = [];
  for (let step = 0; step < steps; step++) {
    const {xs, ys} = batch(model, sizeOf(step), 100 * step);
    results.push(await train(xs, ys));
    tf.dispose([xs, ys]);
    await between?.(model, step);
  }
  return {results, state: await stateOf(model)};
}

/** Of the bytes: a difference is not worth a million lines. */
export function digest(tensor: tf.Tensor): string {
  return digestOf(tensor.dataSync() as Float32Array);
}

export function digestOf(values: Float32Array): string {
  return createHash('sha256').update(values).digest('hex');
}

export async function stateOf(model: LayersModel): Promise<unknown> {
  const {optimizer, weights} = model;
  const [iterations, ...moments] = await optimizer.getWeights();
  iterations.tensor.dispose();
  return {
    weights: weights.map((weight) => digest(weight.read())),
    moments: moments.map(({tensor}) => digest(tensor)),
    scalars: await scalarsOf(optimizer),
    iterations: optimizer.iterations,
  };
}

/**
 * Trains two of the same, one by model.trainOnBatch, and expects the same bits; returns why each captured step was not
 * repeated.
 */
export async function expectSame(create: () => LayersModel, plan: Plan): Promise<(string | undefined)[]> {
  const [plain, model] = [create(), create()];
  const captured = captureTraining(model);
  const reasons: (string | undefined)[] = [];
  try {
    const expected = await trained(plain, (xs, ys) => plain.trainOnBatch(xs, ys) as ReturnType<Train>, plan);
    const found = await trained(
      model,
      async (xs, ys) => {
        const results = (await model.trainOnBatch(xs, ys)) as number | number[];
        reasons.push(captured.reason);
        return results;
      },
      plan,
    );
    expect(found).toEqual(expected);
  } finally {
    captured.dispose();
    letGo(plain);
    letGo(model);
  }
  return reasons;
}

export function letGo(model: LayersModel): void {
  const {optimizer} = model;
  optimizer.dispose();
  // tfjs's momentum keeps the learning rate.
  if (optimizer.getClassName() === 'Momentum') (optimizer as unknown as {c: tf.Tensor}).c.dispose();
  model.dispose();
}

/** The first step makes what the optimizer keeps, the next two are recorded. */
export const RECORDED = 3;

export function expectRepeated(reasons: readonly (string | undefined)[], from = RECORDED): void {
  expect(reasons.slice(from)).toEqual(Array(reasons.length - from).fill(undefined));
}
