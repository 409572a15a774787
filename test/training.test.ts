import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import {drawDigits, toTensors} from 'mnist-wasm/mnist';
import {describe, expect, it} from 'vitest';
import {lenet} from '../recipes';

const STEPS = 15;
/** The CPU backend takes 60 ms for one image of LeNet. */
const BATCH = 4;

/**
 * Measured: at most 1.2e-7 with LeNet and 1.2e-6 with the other model; on the CPU backend alone, from weights that are
 * one unit in the last place larger, 1.3e-7 and 4e-7.
 */
const MAX_DRIFT = 2e-5;

/** The loss of each step, and the weights at the end. */
interface Run {
  losses: number[];
  weights: Float32Array[];
}

/** Trains a new model on the same batches in the same order, and leaves nothing behind. */
async function train(backend: string, create: () => layers.Sequential, optimizer: 'adam' | 'rmsprop'): Promise<Run> {
  await tf.setBackend(backend);
  const model = create();
  model.compile({optimizer, loss: 'categoricalCrossentropy'});
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    // Three batches in turn, so that the loss must fall.
    const {xs, ys} = toTensors(drawDigits({count: BATCH, seed: 1, start: BATCH * (step % 3)}));
    losses.push((await model.trainOnBatch(xs, ys)) as number);
    tf.dispose([xs, ys]);
  }
  const weights = model.getWeights().map((w) => w.dataSync<'float32'>());
  model.dispose();
  return {losses, weights};
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** The largest relative difference of two losses of the same step. */
function drift(a: Run, b: Run): number {
  return Math.max(...a.losses.map((loss, i) => Math.abs(loss - b.losses[i]) / Math.abs(loss)));
}

const seeded = (seed: number) => layers.initializers.glorotUniform({seed});

/** What LeNet has not: batch normalisation, dropout, strides, average pooling, L2, and a depthwise convolution. */
function batchNormModel(): layers.Sequential {
  const model = layers.sequential();
  const {conv2d, batchNormalization, separableConv2d, averagePooling2d, dropout, flatten, dense} = layers.layers;
  model.add(
    conv2d({
      inputShape: [28, 28, 1],
      filters: 6,
      kernelSize: 5,
      strides: 2,
      activation: 'relu',
      kernelInitializer: seeded(1),
    }),
  );
  model.add(batchNormalization());
  model.add(
    separableConv2d({
      filters: 8,
      kernelSize: 3,
      padding: 'same',
      depthwiseInitializer: seeded(2),
      pointwiseInitializer: seeded(3),
    }),
  );
  model.add(averagePooling2d({poolSize: 2}));
  model.add(dropout({rate: 0.25, seed: 4}));
  model.add(flatten());
  const kernelRegularizer = layers.regularizers.l2({l2: 0.001});
  model.add(dense({units: 24, activation: 'tanh', kernelInitializer: seeded(5), kernelRegularizer}));
  model.add(batchNormalization());
  model.add(dense({units: 10, activation: 'softmax', kernelInitializer: seeded(6)}));
  return model;
}

const models = [
  ['LeNet, adam', () => lenet(1), 'adam'],
  ['batch normalisation and dropout, rmsprop', batchNormModel, 'rmsprop'],
] as const;

describe.for(models)('%s', ([, create, optimizer]) => {
  it('follows the CPU backend step by step', async () => {
    const expected = await train('cpu', create, optimizer);
    const actual = await train('mnist-wasm', create, optimizer);
    // The same batches at the end as at the start.
    expect(sum(expected.losses.slice(-3))).toBeLessThan(0.9 * sum(expected.losses.slice(0, 3)));
    expect(drift(expected, actual)).toBeLessThan(MAX_DRIFT);
  });

  it('gives the same bits twice', async () => {
    const first = await train('mnist-wasm', create, optimizer);
    const second = await train('mnist-wasm', create, optimizer);
    expect(second).toEqual(first);
  });
});

describe('model.fit', () => {
  // https://github.com/tensorflow/tfjs/issues/8474
  it("trains a model with conv2d, where tfjs-backend-wasm has no 'Conv2DBackpropFilter'", async () => {
    await tf.setBackend('mnist-wasm');
    const model = layers.sequential();
    model.add(
      layers.layers.conv2d({
        inputShape: [28, 28, 1],
        filters: 8,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: seeded(1),
      }),
    );
    model.add(layers.layers.maxPooling2d({poolSize: 2}));
    model.add(layers.layers.flatten());
    model.add(layers.layers.dense({units: 10, activation: 'softmax', kernelInitializer: seeded(2)}));
    model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
    const {xs, ys} = toTensors(drawDigits({count: 32, seed: 1}));
    const {history} = await model.fit(xs, ys, {epochs: 5, batchSize: 8, validationSplit: 0.25, verbose: 0});
    expect(history.loss).toHaveLength(5);
    const [first, , , , last] = history.loss as number[];
    expect(last).toBeLessThan(first);
    expect(history.val_acc[4]).toBeGreaterThanOrEqual(0);
    model.dispose();
    tf.dispose([xs, ys]);
  });
});
