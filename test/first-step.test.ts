/**
 * The gradients of the first training step, from biases of zero on images with a background of zero: where an error of one
 * in ten million turns a zero into noise, relu passes a gradient that is none. FIRST_STEP_IMAGES and FIRST_STEP_CPU set the
 * images, and the models that are compared with tfjs-backend-cpu too, which takes it minutes.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {builtInDigits, loadMnist, type MnistSplit, toTensors} from 'mnist-wasm/mnist';
import {afterEach, describe, expect, it} from 'vitest';
import {recipes, runName, subset} from '../recipes';
import {restart} from './running';

const {FIRST_STEP_IMAGES, FIRST_STEP_CPU = 'lenet,mlp-plain', MNIST_DIR} = process.env;
/**
 * Without MNIST, as many of the built-in digits as have no unit on the edge of a relu. Where one is, a change of the images
 * by one in a million moves gradients of direct sums by up to 1 % too: among the first 64, one of batch-norm-cnn.
 */
const count = Number(FIRST_STEP_IMAGES ?? (MNIST_DIR ? 64 : 40));
/** AlexNet takes a hundred times as long as the others. */
const countOf = (name: string) => (name === 'alexnet' && !FIRST_STEP_IMAGES ? 8 : count);
/** Of the largest gradient of a weight. Without fused multiply-add, batch-norm-cnn is off by 1.03e-5. */
const BOUND = process.env.MNIST_WASM_FEATURES === 'simd' ? 1.5e-5 : 1e-5;

interface Found {
  weight: string;
  values: Float32Array;
}

const models: [string, () => tfl.LayersModel, boolean][] = [
  ...recipes.flatMap((recipe) =>
    recipe.models.map((model): [string, () => tfl.LayersModel, boolean] => [
      runName(recipe, model),
      () => model.build(1),
      recipe.name === 'mlp',
    ]),
  ),
  ['two pairs of convolutions', pairs, false],
];

/** The kind of network that most courses train first. */
function pairs(): tfl.LayersModel {
  const {conv2d, maxPooling2d, flatten, dense} = tfl.layers;
  const model = tfl.sequential();
  const convolution = (filters: number, seed: number, inputShape?: number[]) =>
    conv2d({
      filters,
      kernelSize: 3,
      activation: 'relu',
      kernelInitializer: tfl.initializers.glorotUniform({seed}),
      ...(inputShape && {inputShape}),
    });
  for (const layer of [convolution(32, 1, [28, 28, 1]), convolution(32, 2), maxPooling2d({poolSize: 2})])
    model.add(layer);
  for (const layer of [convolution(64, 3), convolution(64, 4), flatten()]) model.add(layer);
  model.add(dense({units: 10, activation: 'softmax', kernelInitializer: tfl.initializers.glorotUniform({seed: 5})}));
  return model;
}

async function images(count: number): Promise<MnistSplit> {
  if (!MNIST_DIR) return builtInDigits({trainSize: count, testSize: 10}).train;
  return subset((await loadMnist({folder: MNIST_DIR})).train, 0, count);
}

async function gradients(name: string, build: () => tfl.LayersModel, isFlat: boolean): Promise<Found[]> {
  const count = countOf(name);
  const data = await images(count);
  const model = build();
  const found: Found[] = [];
  tf.tidy(() => {
    const {xs, ys} = toTensors(data);
    const {grads} = tf.variableGrads(() => {
      const predicted = model.apply(isFlat ? tf.reshape(xs, [count, -1]) : xs, {training: true}) as tf.Tensor;
      return tf.mean(tfl.metrics.categoricalCrossentropy(ys, predicted)) as tf.Scalar;
    });
    for (const [weight, gradient] of Object.entries(grads)) {
      found.push({weight, values: gradient.dataSync() as Float32Array});
    }
  });
  model.dispose();
  return found;
}

afterEach(() => restart());

/** Names of weights differ from build to build: they are compared in order. */
function expectClose(actual: readonly Found[], expected: readonly Found[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, {weight, values}] of expected.entries()) {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const worst = values.reduce((most, value, k) => Math.max(most, Math.abs(value - actual[i].values[k])), 0);
    expect(worst / (largest || 1), weight).toBeLessThanOrEqual(BOUND);
  }
}

describe.each(models)('the first step of %s', (name, build, isFlat) => {
  // Of few images one unit on the edge of a relu counts: the built-in digits of alexnet have one.
  it.runIf(MNIST_DIR || name !== 'alexnet')('has the gradients that direct sums give', {timeout: 120_000}, async () => {
    await restart({winograd: false});
    const expected = await gradients(name, build, isFlat);
    await restart();
    expectClose(await gradients(name, build, isFlat), expected);
  });

  it.runIf(FIRST_STEP_CPU.split(',').includes(name))(
    'has the gradients of tfjs-backend-cpu',
    {timeout: 3_600_000},
    async () => {
      await tf.setBackend('cpu');
      const expected = await gradients(name, build, isFlat);
      await restart();
      expectClose(await gradients(name, build, isFlat), expected);
    },
  );
});
