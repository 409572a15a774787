/** A training that is taken up again from any of its checkpoints ends with the bits of one that was never disturbed. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import {dispose, scalar, setBackend, type Tensor, variable} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {fileSystem} from 'mnist-wasm/node';
import {ModelCheckpoint} from 'mnist-wasm/training';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {
  compileForClassification,
  createOptimizer,
  initialState,
  LEARNING_RATES,
  type OptimizerSettings,
  restoreScalars,
  type StageTraining,
  scalarsOf,
  type TrainingState,
  toExamples,
  trainStage,
} from '../../recipes';
import {stripes} from '../../src/mnist/fixtures';
import {CheckpointFolder, loadWeights} from './checkpoint';

type Course = Omit<Partial<Parameters<typeof trainStage>[1]>, 'optimizer'> & {name: OptimizerSettings['name']};

let folder: string;
beforeEach(async () => {
  await setBackend('cpu');
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-checkpoint-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

/** With what has a state or is random beside the optimizer: batch normalisation, dropout. */
function network(name: OptimizerSettings['name']): tf.Sequential {
  const initializer = (seed: number) => ({kernelInitializer: tf.initializers.glorotUniform({seed})});
  const model = tf.sequential({
    layers: [
      tf.layers.averagePooling2d({inputShape: [28, 28, 1], poolSize: 4}),
      tf.layers.flatten(),
      tf.layers.dense({units: 6, activation: 'relu', ...initializer(1)}),
      tf.layers.batchNormalization(),
      tf.layers.dropout({rate: 0.3, seed: 2}),
      tf.layers.dense({units: 10, activation: 'softmax', ...initializer(3)}),
    ],
  });
  compileForClassification(model, {name, learningRate: LEARNING_RATES[name]});
  // tfjs makes a scalar of the number of steps for each save, and disposes it never.
  const {optimizer} = model as unknown as {optimizer: {saveIterations(): Promise<{tensor: Tensor}>}};
  const saveIterations = optimizer.saveIterations.bind(optimizer);
  optimizer.saveIterations = async () => {
    const saved = await saveIterations();
    scalars.push(saved.tensor);
    return saved;
  };
  return model;
}

const scalars: Tensor[] = [];
afterEach(() => dispose(scalars.splice(0)));

/** Three epochs of four batches, taken up from a checkpoint where one is named; checkpoints are numbered on. */
async function train(
  {name, ...changes}: Course,
  from?: number,
  every = 0,
): Promise<StageTraining & {bits: Int32Array[]}> {
  const model = network(name);
  const best = path.join(folder, 'best');
  let state = initialState();
  let bestWeights: Tensor[] | undefined;
  if (from !== undefined) {
    const loaded = await checkpoint(from).load();
    state = loaded.checkpoint.state;
    await loaded.restore(model);
    if (state.earlyStopping) bestWeights = (await loadWeights(best)).tensors.map(({tensor}) => tensor);
  }
  const [examples, validation] = [toExamples(model, stripes(100)), toExamples(model, stripes(30))];
  const keepBest =
    changes.earlyStopping && new ModelCheckpoint(fileSystem(best), {...changes.earlyStopping, saveBestOnly: true});
  if (state.earlyStopping) keepBest?.setState(state.earlyStopping);
  const training = await trainStage(
    model,
    {
      train: examples,
      validation,
      stage: {title: 'training', epochs: 3, batchSize: 32},
      optimizer: {learningRate: LEARNING_RATES[name], decays: true},
      seed: 1,
      signal: new AbortController().signal,
      observer: {onEpochBegin() {}, onBatchEnd() {}, onEpochEnd() {}},
      checkpointInterval: every,
      keepBest,
      bestWeights,
      saveCheckpoint: async (current: TrainingState) => {
        if (from === undefined)
          await checkpoint(saved++).save(model, {recipe: 'test', options: {}, data: '', state: current});
      },
      ...changes,
    },
    state,
  );
  const bits = model.getWeights().map((weight) => new Int32Array(Float32Array.from(weight.dataSync()).buffer));
  dispose([examples, validation].flatMap(({xs, ys}) => [xs, ys]));
  dispose(bestWeights ?? []);
  model.dispose();
  // tfjs's momentum forgets one of its own.
  if (name === 'momentum') dispose((model.optimizer as unknown as {c: Tensor}).c);
  model.optimizer.dispose();
  return {...training, bits};
}

let saved = 0;
beforeEach(() => {
  saved = 0;
});
const checkpoint = (number: number) => new CheckpointFolder(path.join(folder, String(number)));

it.each(Object.keys(LEARNING_RATES) as OptimizerSettings['name'][])('%s, from each checkpoint', async (name) => {
  const whole = await train({name});
  expect(saved).toBe(15);
  for (const from of [0, 2, 6, 9, 13]) {
    const {bits, state} = await train({name}, from);
    expect(bits, `checkpoint ${from}`).toEqual(whole.bits);
    expect(state.history).toEqual(whole.state.history);
  }
});

it("Adam's powers are those that training has multiplied, not those that tfjs makes of the number of steps", async () => {
  const steps = 450;
  const [value, gradient] = [variable(scalar(1)), scalar(0.1)];
  const trained = createOptimizer({name: 'adam', learningRate: 0.001});
  for (let step = 0; step < steps; step++) trained.applyGradients([{name: value.name, tensor: gradient}]);
  const weights = await trained.getWeights();
  const expected = await scalarsOf(trained);

  const restored = createOptimizer({name: 'adam', learningRate: 0.001});
  await restored.setWeights(weights);
  expect(await scalarsOf(restored)).not.toEqual(expected);
  restoreScalars(restored, JSON.parse(JSON.stringify(expected)));
  expect(await scalarsOf(restored)).toEqual(expected);
  expect(Object.keys(expected)).toEqual(['accBeta1', 'accBeta2']);

  dispose([value, gradient, weights[0].tensor]);
  for (const each of [trained, restored]) each.dispose();
});

it('augmented images are the same ones, also from the middle of an epoch', async () => {
  const augmentation = {rotationRange: 20, widthShiftRange: 0.1, zoomRange: 0.1};
  const course: Course = {name: 'adam', stage: {title: 'augmented', epochs: 3, batchSize: 32, augmentation}};
  const whole = await train(course);
  const plain = await train({name: 'adam'}, 0);
  expect(plain.bits).not.toEqual(whole.bits);
  for (const from of [1, 7, 9]) expect((await train(course, from)).bits, `checkpoint ${from}`).toEqual(whole.bits);
});

it('early stopping stops in the same epoch, also where that one has left the last checkpoint', async () => {
  const stage = {title: 'training', epochs: 60, batchSize: 32};
  const course: Course = {name: 'adam', stage, earlyStopping: {monitor: 'val_accuracy', patience: 2}};
  const whole = await train(course, undefined, 1e9);
  expect(whole).toMatchObject({stoppedEarly: true, status: 'finished'});
  expect(saved).toBeGreaterThanOrEqual(3);
  for (const from of [saved - 3, saved - 2, saved - 1]) {
    const again = await train(course, from);
    expect(again.bits, `checkpoint ${from} of ${saved}`).toEqual(whole.bits);
    expect(again).toMatchObject({stoppedEarly: true, bestEpoch: whole.bestEpoch, status: 'finished'});
    expect(again.state.history).toEqual(whole.state.history);
  }
});

it('early stopping has the best weights, also where the last epoch has left the last checkpoint', async () => {
  const stage = {title: 'training', epochs: 6, batchSize: 32};
  const course: Course = {name: 'rmsprop', stage, earlyStopping: {monitor: 'val_loss', patience: 10}};
  const diverging = {...course, name: 'sgd' as const};
  for (const each of [course, diverging]) {
    saved = 0;
    const whole = await train(each, undefined, 1e9);
    const again = await train(each, saved - 1);
    expect(again.bits).toEqual(whole.bits);
    expect(again.bestEpoch).toBe(whole.bestEpoch);
  }
});
