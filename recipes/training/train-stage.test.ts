import '@tensorflow/tfjs-backend-cpu';
import {dispose, memory, mul, setBackend} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {beforeAll, expect, it} from 'vitest';
import {stripes} from '../../src/mnist/fixtures';
import {compileForClassification} from './compile';
import {evaluate} from './evaluation';
import {toExamples} from './examples';
import type {StageSettings} from './stage-settings';
import {type EpochProgress, epochsIn, initialState, type TrainingState} from './state';
import {type StageTraining, trainStage} from './train-stage';

beforeAll(() => setBackend('cpu'));

function softmaxRegression(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({inputShape: [28, 28, 1]}));
  model.add(
    tf.layers.dense({units: 10, activation: 'softmax', kernelInitializer: tf.initializers.glorotUniform({seed: 4})}),
  );
  compileForClassification(model, {name: 'adam', learningRate: 0.01});
  return model;
}

interface Changes extends Partial<StageSettings> {
  epochs?: number;
  learningRate?: number;
  validated?: boolean;
  from?: TrainingState;
}

/** Two epochs of four steps, on examples that are disposed after. */
async function train(model: tf.LayersModel, changes: Changes = {}): Promise<StageTraining> {
  const {epochs = 2, learningRate = 0.01, validated = true, from = initialState(), ...settings} = changes;
  const examples = toExamples(model, stripes(100));
  const validation = validated ? toExamples(model, stripes(30)) : undefined;
  const result = await trainStage(
    model,
    {
      train: examples,
      validation,
      stage: {title: 'training', epochs, batchSize: 32},
      optimizer: {learningRate, decays: true},
      seed: 1,
      signal: new AbortController().signal,
      observer: {onEpochBegin() {}, onBatchEnd() {}, onEpochEnd() {}},
      ...settings,
    },
    from,
  );
  dispose([examples.xs, examples.ys, ...(validation ? [validation.xs, validation.ys] : [])]);
  return result;
}

function discard(model: tf.LayersModel): void {
  model.dispose();
  model.optimizer.dispose();
}

it("keeps Keras's history, tells of every batch and epoch, and learns", async () => {
  const model = softmaxRegression();
  const told: string[] = [];
  const batches: EpochProgress[] = [];
  const result = await train(model, {
    epochs: 5,
    observer: {
      onEpochBegin: (epoch, steps) => told.push(`begin ${epoch} of ${steps} steps`),
      onBatchEnd: (progress) => batches.push({...progress}),
      onEpochEnd: (epoch, logs) => told.push(`end ${epoch} ${Object.keys(logs).sort()}`),
    },
  });
  expect(result).toMatchObject({status: 'finished', state: {epochs: 5, steps: 20, partialEpoch: null}});
  expect(told.slice(0, 2)).toEqual(['begin 1 of 4 steps', 'end 1 accuracy,loss,val_accuracy,val_loss']);
  expect(told).toHaveLength(10);
  expect(batches.slice(0, 5).map(({epoch, step, images}) => [epoch, step, images])).toEqual([
    [1, 1, 32],
    [1, 2, 64],
    [1, 3, 96],
    [1, 4, 100],
    [2, 1, 32],
  ]);
  const {history, epochSeconds} = result.state;
  expect(epochSeconds).toHaveLength(5);
  for (const name of ['loss', 'accuracy', 'val_loss', 'val_accuracy']) expect(history[name]).toHaveLength(5);
  // The running mean ends where tfjs-layers' own mean of the epoch is.
  expect(batches[3].loss).toBeCloseTo(history.loss[0], 5);
  expect(batches[19].accuracy).toBeCloseTo(history.accuracy[4], 5);
  const {metrics, probabilities} = await evaluate(model, stripes(30));
  expect(metrics.loss).toBeCloseTo(history.val_loss[4], 5);
  expect(metrics.accuracy).toBeCloseTo(history.val_accuracy[4], 6);
  expect(metrics.accuracy).toBeGreaterThan(0.9);
  expect(probabilities).toHaveLength(300);
  expect(result.stepTimes).toHaveLength(10);
  expect(Math.min(...result.stepTimes)).toBeGreaterThan(0);
  discard(model);
});

it('gives the same bits for the same seed, others for another', async () => {
  const run = async (seed: number) => {
    const model = softmaxRegression();
    const {history} = (await train(model, {seed})).state;
    const weights = [...model.getWeights()[0].dataSync()];
    discard(model);
    return {history, weights};
  };
  const first = await run(1);
  expect(await run(1)).toEqual(first);
  expect((await run(2)).weights).not.toEqual(first.weights);
});

it('has no val_ curves without a validation set', async () => {
  const model = softmaxRegression();
  const {state, status} = await train(model, {validated: false});
  expect(status).toBe('finished');
  expect(Object.keys(state.history).sort()).toEqual(['accuracy', 'loss']);
  discard(model);
});

it('stops after the current batch when it is told to, and keeps what was trained', async () => {
  const model = softmaxRegression();
  const before = [...model.getWeights()[0].dataSync()];
  const stop = new AbortController();
  const result = await train(model, {
    epochs: 9,
    signal: stop.signal,
    observer: {
      onEpochBegin() {},
      onEpochEnd() {},
      onBatchEnd: ({epoch, step}) => {
        if (epoch === 2 && step === 2) stop.abort();
      },
    },
  });
  expect(result).toMatchObject({
    status: 'interrupted',
    state: {steps: 6, partialEpoch: {epoch: 2, step: 2, images: 64}},
  });
  expect(epochsIn(result.state.history)).toBe(1);
  expect([...model.getWeights()[0].dataSync()]).not.toEqual(before);
  discard(model);
});

it('stops after the epoch when it is told to while that one is validated', async () => {
  const model = softmaxRegression();
  const stop = new AbortController();
  const observer = {onEpochBegin() {}, onBatchEnd() {}, onEpochEnd: () => stop.abort()};
  const result = await train(model, {epochs: 9, signal: stop.signal, observer});
  expect(result).toMatchObject({status: 'interrupted', state: {steps: 4, partialEpoch: null}});
  expect(epochsIn(result.state.history)).toBe(1);
  discard(model);
});

it('a run told to stop in its last batch has lost nothing but the validation', async () => {
  const model = softmaxRegression();
  const stop = new AbortController();
  const observer = {
    onEpochBegin() {},
    onEpochEnd() {},
    onBatchEnd: ({step}: EpochProgress) => step === 4 && stop.abort(),
  };
  const once = {epochs: 1, signal: stop.signal, observer};
  expect(await train(model, once)).toMatchObject({status: 'interrupted', state: {partialEpoch: {step: 4}}});
  discard(model);
});

it('stops when the loss is no longer a number, and goes back to the last good epoch', async () => {
  const model = softmaxRegression();
  const before = [...model.getWeights()[0].dataSync()];
  const result = await train(model, {learningRate: 1e38});
  expect(result.status).toBe('diverged');
  expect(result.state.history).toEqual({});
  expect(result.state.steps).toBeLessThanOrEqual(4);
  expect([...model.getWeights()[0].dataSync()]).toEqual(before);
  discard(model);
});

it('keeps the epochs before the one that diverged', async () => {
  const model = softmaxRegression();
  let good: number[] = [];
  const observer = {
    onEpochBegin(epoch: number) {
      if (epoch !== 2) return;
      good = [...model.getWeights()[0].dataSync()];
      // What an exploding step leaves: weights that no longer are numbers.
      const nan = model.getWeights().map((weight) => mul(weight, Number.NaN));
      model.setWeights(nan);
      for (const tensor of nan) tensor.dispose();
    },
    onBatchEnd() {},
    onEpochEnd() {},
  };
  const result = await train(model, {epochs: 5, observer});
  expect(result).toMatchObject({status: 'diverged', state: {partialEpoch: {epoch: 2, step: 1}}});
  expect(epochsIn(result.state.history)).toBe(1);
  expect([...model.getWeights()[0].dataSync()]).toEqual(good);
  discard(model);
});

it('leaves no tensor behind', async () => {
  const before = memory().numTensors;
  const model = softmaxRegression();
  await train(model);
  await evaluate(model, stripes(20));
  discard(model);
  expect(memory().numTensors).toBe(before);
});

it('goes on from the middle of an epoch as if it had not been stopped: the same batches, the same weights', async () => {
  const create = () => {
    const model = softmaxRegression();
    model.optimizer.dispose();
    compileForClassification(model, {name: 'sgd', learningRate: 0.01});
    return model;
  };
  const whole = create();
  const {state: expected} = await train(whole, {epochs: 3});

  const parts = create();
  const stop = new AbortController();
  const observer = {
    onEpochBegin() {},
    onEpochEnd() {},
    onBatchEnd: ({epoch, step}: EpochProgress) => epoch === 2 && step === 3 && stop.abort(),
  };
  let saved: TrainingState | undefined;
  const saveCheckpoint = async (state: TrainingState) => {
    saved = JSON.parse(JSON.stringify(state)) as TrainingState;
  };
  await train(parts, {epochs: 3, signal: stop.signal, observer, saveCheckpoint});
  expect(saved).toMatchObject({epochs: 1, steps: 7, partialEpoch: {step: 3}});
  const {state} = await train(parts, {epochs: 3, from: saved});

  expect(state.history).toEqual(expected.history);
  expect(state.steps).toBe(12);
  expect([...parts.getWeights()[0].dataSync()]).toEqual([...whole.getWeights()[0].dataSync()]);
  discard(whole);
  discard(parts);
});

it('stops early, with the weights of the best epoch', async () => {
  const model = softmaxRegression();
  const kept: number[][] = [];
  const observer = {
    onEpochBegin() {},
    onBatchEnd() {},
    onEpochEnd: () => void kept.push([...model.getWeights()[0].dataSync()]),
  };
  const result = await train(model, {epochs: 60, observer, earlyStopping: {monitor: 'val_accuracy', patience: 2}});
  const {history} = result.state;
  const best = history.val_accuracy.indexOf(Math.max(...history.val_accuracy));
  expect(result).toMatchObject({status: 'finished', stoppedEarly: true, bestEpoch: best + 1});
  expect(history.loss).toHaveLength(best + 3);
  expect([...model.getWeights()[0].dataSync()]).toEqual(kept[best]);
  discard(model);
});

it('dropout draws another mask in every step, the same ones for the same seed', async () => {
  const masks = async (seed: number) => {
    const dropout = tf.layers.dropout({inputShape: [28, 28, 1], rate: 0.5, seed: 3});
    const model = tf.sequential({
      layers: [dropout, tf.layers.flatten(), tf.layers.dense({units: 10, activation: 'softmax'})],
    });
    compileForClassification(model, {name: 'sgd', learningRate: 0.01});
    const seeds: unknown[] = [];
    const observer = {
      onEpochBegin() {},
      onEpochEnd() {},
      onBatchEnd: () => void seeds.push((dropout as unknown as {seed: number}).seed),
    };
    await train(model, {seed, observer});
    discard(model);
    return seeds;
  };
  const first = await masks(1);
  expect(new Set(first).size).toBe(8);
  expect(await masks(1)).toEqual(first);
  expect(await masks(2)).not.toEqual(first);
});

it('takes labels as integers where the loss does', async () => {
  const model = softmaxRegression();
  model.optimizer.dispose();
  compileForClassification(model, {name: 'adam', learningRate: 0.01}, 'sparseCategoricalCrossentropy');
  const {xs, ys} = toExamples(model, stripes(100), 'sparseCategoricalCrossentropy');
  expect(ys.shape).toEqual([100, 1]);
  const {state} = await train(model, {train: {xs, ys}, validated: false, epochs: 5});
  dispose([xs, ys]);
  expect(state.history.accuracy[4]).toBeGreaterThan(0.9);
  discard(model);
});
