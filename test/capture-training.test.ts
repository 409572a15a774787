/** Steps that are recorded and repeated: the same bits as model.trainOnBatch, whatever happens in between. */
import {createHash} from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {type CapturedTraining, captureTraining} from 'mnist-wasm/training';
import {beforeEach, describe, expect, it} from 'vitest';
import {createOptimizer, LEARNING_RATES, recipes, runName, scalarsOf} from '../recipes';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

const models = recipes.flatMap((recipe) => recipe.models.map((model) => ({recipe, model, name: runName(recipe, model)})));
const OPTIMIZERS = Object.keys(LEARNING_RATES) as (keyof typeof LEARNING_RATES)[];

function compiled(name: string, optimizer: keyof typeof LEARNING_RATES): LayersModel {
  const {model} = models.find((candidate) => candidate.name === name) as (typeof models)[number];
  const built = model.build(1);
  built.compile({
    optimizer: createOptimizer({name: optimizer, learningRate: LEARNING_RATES[optimizer]}),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return built;
}

function batch({inputs}: LayersModel, size: number, seed: number): {xs: tf.Tensor; ys: tf.Tensor} {
  const shape = [size, ...(inputs[0].shape.slice(1) as number[])];
  return {
    xs: tf.randomUniform(shape, 0, 1, 'float32', seed),
    ys: tf.tidy(() => tf.cast(tf.oneHot(tf.randomUniform([size], 0, 10, 'int32', seed + 1), 10), 'float32')),
  };
}

type Train = (xs: tf.Tensor, ys: tf.Tensor) => Promise<number | number[]>;

/** The losses and all that training leaves: weights and what the optimizer keeps. */
async function train(model: LayersModel, step: Train, steps: number, size = 8, between?: (i: number) => unknown) {
  const losses: (number | number[])[] = [];
  for (let i = 0; i < steps; i++) {
    const {xs, ys} = batch(model, size, 100 * i);
    losses.push(await step(xs, ys));
    tf.dispose([xs, ys]);
    await between?.(i);
  }
  return losses;
}

/** Of the bytes: a difference is not worth a million lines. */
async function stateOf(model: LayersModel): Promise<unknown> {
  const digest = (tensor: tf.Tensor) => createHash('sha256').update(tensor.dataSync() as Float32Array).digest('hex');
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

function both(name: string, optimizer: keyof typeof LEARNING_RATES) {
  const plain = compiled(name, optimizer);
  const model = compiled(name, optimizer);
  const captured = captureTraining(model);
  return {
    plain,
    model,
    captured,
    plainStep: ((xs, ys) => plain.trainOnBatch(xs, ys) as Promise<number | number[]>) satisfies Train,
    step: ((xs, ys) => captured.trainOnBatch(xs, ys)) satisfies Train,
    dispose() {
      captured.dispose();
      for (const each of [plain, model]) {
        each.optimizer.dispose();
        each.dispose();
      }
    },
  };
}

function expectRepeated(captured: CapturedTraining) {
  expect(captured.reason).toBeUndefined();
}

describe('a captured step has the bits of trainOnBatch', () => {
  it.each(models.map(({name}) => name))('%s', async (name) => {
    const {plain, model, captured, plainStep, step, dispose} = both(name, 'adam');
    const expected = await train(plain, plainStep, 12);
    expect(await train(model, step, 12)).toEqual(expected);
    expect(await stateOf(model)).toEqual(await stateOf(plain));
    dispose();
  });

  it.each(OPTIMIZERS)('%s', async (optimizer) => {
    const {plain, model, captured, plainStep, step, dispose} = both('lenet', optimizer);
    const expected = await train(plain, plainStep, 12);
    expect(await train(model, step, 12)).toEqual(expected);
    expect(await stateOf(model)).toEqual(await stateOf(plain));
    expectRepeated(captured);
    dispose();
  });
});
