/** fit and fitDataset of a model whose training is captured: the same bits as of one that is not. */
import * as tf from '@tensorflow/tfjs-core';
import type {LayersModel, ModelFitArgs} from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {BatchDataset, captureTraining} from 'mnist-wasm/training';
import {beforeEach, expect, it} from 'vitest';
import {batch, compiled, letGo, squares, stateOf} from './captured';
import {memory} from './running';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

type TrainModel = (model: LayersModel, data: {xs: tf.Tensor; ys: tf.Tensor}) => Promise<{history: unknown}>;

/** Trains two of the same; the reasons why batches of the captured one were not repeated. */
async function expectSameFit(create: () => LayersModel, train: TrainModel): Promise<(string | undefined)[]> {
  const found: unknown[] = [];
  const reasons: (string | undefined)[] = [];
  for (const isCaptured of [false, true]) {
    const model = create();
    const data = batch(model, 60, 1);
    const captured = isCaptured ? captureTraining(model) : undefined;
    await train(model, data);
    const {numTensors} = memory();
    const {history} = await train(model, data);
    reasons.push(captured?.reason);
    captured?.dispose();
    found.push({history, state: await stateOf(model), leaked: memory().numTensors - numTensors});
    tf.dispose([data.xs, data.ys]);
    letGo(model);
  }
  expect(found[1]).toEqual(found[0]);
  return reasons.slice(1);
}

const args: ModelFitArgs = {epochs: 5, batchSize: 16, shuffle: false, verbose: 0};

it.each([
  ['', args],
  [' with validation', {...args, validationSplit: 0.2}],
  [
    ' with a callback',
    {...args, callbacks: {onBatchEnd: async (_batch, logs) => void expect(logs?.loss).toBeGreaterThan(0)}},
  ],
] satisfies [string, ModelFitArgs][])('fit%s', async (_name, given) => {
  expect(
    await expectSameFit(
      () => compiled('lenet', 'adam'),
      (model, {xs, ys}) => model.fit(xs, ys, given),
    ),
  ).toEqual([undefined]);
});

it('fitDataset with validation', async () => {
  const train: TrainModel = (model, data) =>
    model.fitDataset(new BatchDataset(data, 16), {
      epochs: 4,
      verbose: 0,
      validationData: new BatchDataset(data, 25),
    });
  expect(await expectSameFit(() => compiled('simple-cnn-a', 'sgd'), train)).toEqual([undefined]);
});

it('classes that have weights are trained as ever', async () => {
  const classWeight = Object.fromEntries(Array.from({length: 10}, (_, digit) => [digit, 1 + digit / 10]));
  const reasons = await expectSameFit(squares, (model, {xs, ys}) => model.fit(xs, ys, {...args, classWeight}));
  expect(reasons).toEqual(['classes have weights']);
});

it('a training that is stopped and disposed in between goes on', async () => {
  const model = squares();
  const captured = captureTraining(model);
  const {xs, ys} = batch(model, 60, 1);
  const losses: number[] = [];
  await model.fit(xs, ys, {
    ...args,
    callbacks: {
      onBatchEnd: async (_batch, logs) => {
        losses.push(logs?.loss as number);
        if (losses.length === 10) captured.dispose();
      },
    },
  });
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(losses).toHaveLength(20);
  tf.dispose([xs, ys]);
  letGo(model);
});
