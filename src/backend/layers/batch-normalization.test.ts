/** The layer BatchNormalization where it trains by a kernel of this backend: as tfjs-layers composes it. */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {initializers, layers} from '@tensorflow/tfjs-layers';
import {beforeEach, describe, expect, it, vi} from 'vitest';

type Layer = ReturnType<typeof layers.batchNormalization>;
type Args = NonNullable<Parameters<typeof layers.batchNormalization>[0]>;

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

const normal = (seed: number) => initializers.randomNormal({mean: 0.5, stddev: 1, seed});
const weights: Args = {gammaInitializer: normal(3), betaInitializer: normal(4), momentum: 0.9};
const train = (layer: Layer, x: tf.Tensor) => layer.apply(x, {training: true}) as tf.Tensor;

async function kernelsOf(run: () => tf.Tensor): Promise<string[]> {
  const {kernelNames, result} = await tf.profile(run);
  (result as tf.Tensor).dispose();
  return kernelNames;
}

/** Disposes the weights of a layer. */
const discard = (layer: Layer) => tf.dispose(layer.weights.map((weight) => weight.read()));

/** The output, the gradients of x, gamma and beta, and the running statistics: of a layer that is new. */
async function results(backendName: string, shape: number[], args: Args): Promise<number[][]> {
  await tf.setBackend(backendName);
  const layer = layers.batchNormalization({...weights, ...args});
  layer.build(shape);
  const values = tf.tidy(() => {
    const x = tf.randomNormal(shape, 2, 3, 'float32', 1);
    const dy = tf.randomNormal(shape, 0, 1, 'float32', 2);
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const {value, grads} = tf.variableGrads(() => tf.sum(tf.mul(train(layer, x), dy)), variables);
    const running = layer.getWeights().map((weight) => tf.clone(weight));
    const dx = tf.grad((t: tf.Tensor) => train(layer, t))(x, dy);
    return [value, train(layer, x), dx, ...Object.values(grads), ...running].map((tensor) => [...tensor.dataSync()]);
  });
  discard(layer);
  return values;
}

describe('the layer BatchNormalization', () => {
  it.for<[string, number[], Args]>([
    ['rows', [40, 12], {}],
    ['images', [3, 9, 10, 8], {}],
    ['large images, whose gradients are deferred', [4, 20, 20, 16], {}],
    ['sequences, and an axis from the front', [5, 7, 6], {axis: 2}],
    ['another epsilon and momentum', [30, 4], {epsilon: 0.1, momentum: 0.5}],
  ])('has the results of tfjs with %s', async ([, shape, args]) => {
    const expected = await results('cpu', shape, args);
    const actual = await results('mnist-wasm', shape, args);
    expect(actual.length).toBe(expected.length);
    actual.forEach((values, i) => {
      const largest = Math.max(...expected[i].map(Math.abs));
      const off = Math.max(...values.map((value, j) => Math.abs(value - expected[i][j])));
      expect(off, `result ${i}`).toBeLessThan(1e-5 * largest);
    });
  });

  it('runs the kernel in training alone, and where it normalises the last axis', async () => {
    const x = tf.randomNormal([6, 5, 4]);
    const layer = layers.batchNormalization({});
    expect(await kernelsOf(() => train(layer, x))).toContain('BatchNormTraining');
    expect(await kernelsOf(() => layer.apply(x) as tf.Tensor)).not.toContain('BatchNormTraining');
    const other = layers.batchNormalization({axis: 1});
    expect(await kernelsOf(() => train(other, x))).not.toContain('BatchNormTraining');
    await tf.setBackend('cpu');
    expect(await kernelsOf(() => train(layer, x))).not.toContain('BatchNormTraining');
    for (const used of [layer, other]) discard(used);
    x.dispose();
  });

  it('is composed within a gradient of a gradient, which finds its way through the statistics', async () => {
    const layer = layers.batchNormalization({});
    layer.build([6, 4]);
    const x = tf.randomNormal([6, 4]);
    const {state} = tf.engine();
    const run = vi.spyOn(tf.engine(), 'runKernel');
    tf.tidy(() => {
      tf.valueAndGrad((t: tf.Tensor) => {
        state.gradientDepth++;
        const y = train(layer, t);
        state.gradientDepth--;
        return y;
      })(x, tf.onesLike(x));
    });
    expect(run.mock.calls.map(([kernelName]) => kernelName)).not.toContain('BatchNormTraining');
    run.mockRestore();
    discard(layer);
    x.dispose();
  });

  it('has gradients of its running statistics', () => {
    // The loss takes the kernel's own mean and variance.
    tf.tidy(() => {
      const x = tf.randomNormal([12, 4], 1, 2, 'float32', 1);
      const scale = tf.ones([4]);
      const offset = tf.zeros([4]);
      const dy = tf.tensor1d([1, -2, 3, 0.5]);
      const ofKernel = (which: number) =>
        tf.grad((t: tf.Tensor) => {
          const outputs = tf.engine().runKernel('BatchNormTraining', {x: t, scale, offset}, {varianceEpsilon: 1e-3});
          return (outputs as tf.Tensor[])[which];
        })(x, dy);
      const composed = [(t: tf.Tensor) => tf.moments(t, 0).mean, (t: tf.Tensor) => tf.moments(t, 0).variance];
      composed.forEach((of, i) => {
        const off = tf.max(tf.abs(tf.sub(ofKernel(i + 1), tf.grad(of)(x, dy))));
        expect(off.dataSync()[0]).toBeLessThan(1e-6);
      });
    });
  });
});
