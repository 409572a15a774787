import '@tensorflow/tfjs-backend-cpu';
import {memory, mul, setBackend} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {beforeAll, expect, it} from 'vitest';
import {evaluate} from '../../recipes/shared/evaluation';
import {compileForClassification} from '../../recipes/shared/recipe';
import {type EpochProgress, epochsIn, type TrainingSettings, trainModel} from '../../recipes/shared/training';
import {stripes} from './splits';

beforeAll(() => setBackend('cpu'));

function softmaxRegression(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({inputShape: [28, 28, 1]}));
  model.add(
    tf.layers.dense({units: 10, activation: 'softmax', kernelInitializer: tf.initializers.glorotUniform({seed: 4})}),
  );
  compileForClassification(model, 0.01);
  return model;
}

function settings(changes: Partial<TrainingSettings> = {}): TrainingSettings {
  return {
    train: stripes(100),
    validation: stripes(30),
    epochs: 2,
    batchSize: 32,
    learningRate: 0.01,
    seed: 1,
    signal: new AbortController().signal,
    observer: {onEpochBegin() {}, onBatchEnd() {}, onEpochEnd() {}},
    ...changes,
  };
}

function discard(model: tf.LayersModel): void {
  model.dispose();
  model.optimizer.dispose();
}

it("keeps Keras's history, tells of every batch and epoch, and learns", async () => {
  const model = softmaxRegression();
  const told: string[] = [];
  const batches: EpochProgress[] = [];
  const result = await trainModel(
    model,
    settings({
      epochs: 5,
      observer: {
        onEpochBegin: (epoch, steps) => told.push(`begin ${epoch} of ${steps} steps`),
        onBatchEnd: (progress) => batches.push({...progress}),
        onEpochEnd: (epoch, logs) => told.push(`end ${epoch} ${Object.keys(logs).sort()}`),
      },
    }),
  );
  expect(result).toMatchObject({status: 'finished', steps: 20, partialEpoch: null});
  expect(told.slice(0, 2)).toEqual(['begin 1 of 4 steps', 'end 1 accuracy,loss,val_accuracy,val_loss']);
  expect(told).toHaveLength(10);
  expect(batches.slice(0, 5).map(({epoch, step, images}) => [epoch, step, images])).toEqual([
    [1, 1, 32],
    [1, 2, 64],
    [1, 3, 96],
    [1, 4, 100],
    [2, 1, 32],
  ]);
  const {history} = result;
  for (const name of ['loss', 'accuracy', 'val_loss', 'val_accuracy']) expect(history[name]).toHaveLength(5);
  // The running mean ends where tfjs-layers' own mean of the epoch is.
  expect(batches[3].loss).toBeCloseTo(history.loss[0], 5);
  expect(batches[19].accuracy).toBeCloseTo(history.accuracy[4], 5);
  const metrics = await evaluate(model, stripes(30));
  expect(metrics.loss).toBeCloseTo(history.val_loss[4], 5);
  expect(metrics.accuracy).toBeCloseTo(history.val_accuracy[4], 6);
  expect(metrics.accuracy).toBeGreaterThan(0.9);
  expect(result.millisecondsPerStep).toBeGreaterThan(0);
  discard(model);
});

it('gives the same bits for the same seed, others for another', async () => {
  const run = async (seed: number) => {
    const model = softmaxRegression();
    const {history} = await trainModel(model, settings({seed}));
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
  const {history, status} = await trainModel(model, settings({validation: undefined}));
  expect(status).toBe('finished');
  expect(Object.keys(history).sort()).toEqual(['accuracy', 'loss']);
  discard(model);
});

it('stops after the current batch when it is told to, and keeps what was trained', async () => {
  const model = softmaxRegression();
  const before = [...model.getWeights()[0].dataSync()];
  const stop = new AbortController();
  const result = await trainModel(
    model,
    settings({
      epochs: 9,
      signal: stop.signal,
      observer: {
        onEpochBegin() {},
        onEpochEnd() {},
        onBatchEnd: ({epoch, step}) => {
          if (epoch === 2 && step === 2) stop.abort();
        },
      },
    }),
  );
  expect(result).toMatchObject({status: 'interrupted', steps: 6, partialEpoch: {epoch: 2, step: 2, images: 64}});
  expect(epochsIn(result.history)).toBe(1);
  expect([...model.getWeights()[0].dataSync()]).not.toEqual(before);
  discard(model);
});

it('stops after the epoch when it is told to while that one is validated', async () => {
  const model = softmaxRegression();
  const stop = new AbortController();
  const observer = {onEpochBegin() {}, onBatchEnd() {}, onEpochEnd: () => stop.abort()};
  const result = await trainModel(model, settings({epochs: 9, signal: stop.signal, observer}));
  expect(result).toMatchObject({status: 'interrupted', steps: 4, partialEpoch: null});
  expect(epochsIn(result.history)).toBe(1);
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
  const once = settings({epochs: 1, signal: stop.signal, observer});
  expect(await trainModel(model, once)).toMatchObject({status: 'interrupted', partialEpoch: {step: 4}});
  discard(model);
});

it('stops when the loss is no longer a number, and goes back to the last good epoch', async () => {
  const model = softmaxRegression();
  const before = [...model.getWeights()[0].dataSync()];
  const result = await trainModel(model, settings({learningRate: 1e38}));
  expect(result.status).toBe('diverged');
  expect(result.history).toEqual({});
  expect(result.steps).toBeLessThanOrEqual(4);
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
  const result = await trainModel(model, settings({epochs: 5, observer}));
  expect(result).toMatchObject({status: 'diverged', partialEpoch: {epoch: 2, step: 1}});
  expect(epochsIn(result.history)).toBe(1);
  expect([...model.getWeights()[0].dataSync()]).toEqual(good);
  discard(model);
});

it('leaves no tensor behind', async () => {
  const before = memory().numTensors;
  const model = softmaxRegression();
  await trainModel(model, settings());
  await evaluate(model, stripes(20));
  discard(model);
  expect(memory().numTensors).toBe(before);
});
