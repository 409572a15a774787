/** Dropout in captured steps: its seeds may be others in each step, and are drawn where a layer has none. */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {captureTraining, seededRandom} from 'mnist-wasm/training';
import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import {batch, expectRepeated, expectSame, letGo, RECORDED, setLearningRate} from './captured';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** With two dropout layers, of these seeds. */
function dropouts(...seeds: (number | undefined)[]): tfl.LayersModel {
  const model = tfl.sequential({
    layers: [
      tfl.layers.dropout({rate: 0.4, seed: seeds[0], inputShape: [40]}),
      tfl.layers.dense({units: 40, kernelInitializer: tfl.initializers.glorotUniform({seed: 1})}),
      tfl.layers.dropout({rate: 0.25, seed: seeds[1]}),
      tfl.layers.dense({
        units: 10,
        activation: 'softmax',
        kernelInitializer: tfl.initializers.glorotUniform({seed: 2}),
      }),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

function reseed({layers}: tfl.LayersModel, ...seeds: (number | null)[]): void {
  const [first, , second] = layers as unknown as {seed: number | null}[];
  [first.seed, second.seed] = seeds;
}

it('seeds that stay', async () => {
  expectRepeated(await expectSame(() => dropouts(1, 2), {steps: 10}));
});

it('seeds that are others in each step', async () => {
  const between = (model: tfl.LayersModel, step: number) => reseed(model, 10 * step, 10 * step + 1);
  expectRepeated(await expectSame(() => dropouts(1, 2), {steps: 10, between}));
});

it('seeds that are the same, and then one is not', async () => {
  const between = (model: tfl.LayersModel, step: number) => {
    if (step >= 5) reseed(model, 1, step);
  };
  const reasons = await expectSame(() => dropouts(1, 1), {steps: 12, between});
  expectRepeated(reasons.slice(0, 6));
  expectRepeated(reasons, 8);
});

it('seeds that are the same in each step, and then are not', async () => {
  const between = (model: tfl.LayersModel, step: number) => reseed(model, step, step < 6 ? step : 100 + step);
  const reasons = await expectSame(() => dropouts(1, 1), {steps: 16, between});
  expectRepeated(reasons, 12);
});

it('no seeds, drawn as without', async () => {
  let random = seededRandom(1);
  vi.spyOn(Math, 'random').mockImplementation(() => random());
  const create = () => {
    random = seededRandom(1);
    return dropouts();
  };
  // The first of the two is created, and has trained, before the other is.
  const runs: number[][] = [];
  for (const isCaptured of [false, true]) {
    const model = create();
    const captured = isCaptured ? captureTraining(model) : undefined;
    const data = batch(model, 8, 1);
    const losses: number[] = [];
    for (let step = 0; step < 10; step++) losses.push(((await model.trainOnBatch(data.xs, data.ys)) as number[])[0]);
    if (captured) expect(captured.reason).toBeUndefined();
    captured?.dispose();
    tf.dispose([data.xs, data.ys]);
    letGo(model);
    runs.push(losses);
  }
  expect(runs[1]).toEqual(runs[0]);
});

it('other masks in each step where there are no seeds', async () => {
  const model = dropouts();
  setLearningRate(model, 0);
  const captured = captureTraining(model);
  const {xs, ys} = batch(model, 8, 1);
  const losses = new Set<number>();
  for (let step = 0; step < 20; step++) losses.add(((await model.trainOnBatch(xs, ys)) as number[])[0]);
  expect(captured.reason).toBeUndefined();
  expect(losses.size).toBe(20);
  captured.dispose();
  tf.dispose([xs, ys]);
  letGo(model);
});

it('a seed that is given up and taken again', async () => {
  const between = (model: tfl.LayersModel, step: number) => {
    const [dropout] = model.layers as unknown as {seed: number | null}[];
    // A rate of 0 draws nothing: the results are those of any seed.
    dropout.seed = step % 3 === 0 ? null : step;
  };
  const create = () => {
    const model = dropouts(1, 2);
    (model.layers[0] as unknown as {rate: number}).rate = 0;
    return model;
  };
  expectRepeated(await expectSame(create, {steps: 12, between}), RECORDED);
});

it('a layer without a seed that is called twice is trained as ever', async () => {
  const input = tfl.input({shape: [40]});
  const dropout = tfl.layers.dropout({rate: 0.4});
  const twice = tfl.layers.concatenate().apply([dropout.apply(input), dropout.apply(input)] as tfl.SymbolicTensor[]);
  const output = tfl.layers.dense({units: 10, activation: 'softmax'}).apply(twice) as tfl.SymbolicTensor;
  const model = tfl.model({inputs: input, outputs: output});
  model.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy'});
  const captured = captureTraining(model);
  const {xs, ys} = batch(model, 8, 1);
  const reasons: (string | undefined)[] = [];
  for (let step = 0; step < 6; step++) {
    await model.trainOnBatch(xs, ys);
    reasons.push(captured.reason);
  }
  expect(reasons).not.toContain(undefined);
  captured.dispose();
  tf.dispose([xs, ys]);
  letGo(model);
});
