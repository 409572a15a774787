/** The memory of recorded steps, and steps that cannot be repeated. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as tfl from '@tensorflow/tfjs-layers';
import {OutOfMemoryError} from 'mnist-wasm';
import {captureTraining} from 'mnist-wasm/training';
import {beforeEach, describe, expect, it} from 'vitest';
import {batch, compiled, expectSame, letGo, RECORDED, squares} from './captured';
import {memory, restart} from './running';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

/** Tensors of 1 MiB until there is no room for another. */
function allThatFit(): tf.Tensor[] {
  const tensors: tf.Tensor[] = [];
  try {
    for (;;) tensors.push(tf.ones([2 ** 18]));
  } catch (error) {
    if (!(error instanceof OutOfMemoryError)) throw error;
  }
  return tensors;
}

describe('memory', () => {
  it('is the same after many steps as after one, and given back', async () => {
    const model = compiled('batch-norm-cnn', 'adam');
    const {xs, ys} = batch(model, 8, 1);
    await model.trainOnBatch(xs, ys);
    const before = memory();
    const captured = captureTraining(model);
    for (let step = 0; step < 3; step++) await model.trainOnBatch(xs, ys);
    const {numTensors, numDataBuffers, heapBytes} = memory();
    expect({numTensors, numDataBuffers}).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
    for (let step = 0; step < 20; step++) await model.trainOnBatch(xs, ys);
    expect(captured.reason).toBeUndefined();
    expect(memory()).toMatchObject({numTensors, numDataBuffers, heapBytes});
    captured.dispose();
    expect(memory().heapBytes).toBeLessThanOrEqual(before.heapBytes + before.pendingBytes);
    await model.trainOnBatch(xs, ys);
    expect(captured.reason).toBe('it was disposed');
    tf.dispose([xs, ys]);
    letGo(model);
  });

  it('is given back after the model is disposed', async () => {
    const model = squares();
    const {xs, ys} = batch(model, 8, 1);
    const captured = captureTraining(model);
    for (let step = 0; step < 5; step++) await model.trainOnBatch(xs, ys);
    tf.dispose([xs, ys]);
    letGo(model);
    captured.dispose();
  });

  it('that is short ends the captured steps, not the training', async () => {
    const create = () => compiled('simple-cnn-a', 'adam');
    await restart({maxHeapBytes: 2 ** 26});
    try {
      const reasons = await expectSame(create, {
        steps: 12,
        between: (_model, step) => {
          if (step === 6) tf.dispose(allThatFit());
        },
      });
      expect(reasons.slice(RECORDED, 7)).toEqual(Array(4).fill(undefined));
      expect(reasons[7]).toBe('the step was recorded');
    } finally {
      await restart();
    }
  });
});

describe('a training that goes on for long', () => {
  it('keeps no more where batches are of ever other sizes, and repeats steps once they are not', async () => {
    const model = squares();
    const captured = captureTraining(model);
    const heapBytes: number[] = [];
    for (let step = 0; step < 300; step++) {
      const {xs, ys} = batch(model, Math.max(8, 208 - step), step);
      await model.trainOnBatch(xs, ys);
      tf.dispose([xs, ys]);
      heapBytes.push(memory().heapBytes);
    }
    expect(captured.reason).toBeUndefined();
    expect(Math.max(...heapBytes.slice(100))).toBeLessThanOrEqual(Math.max(...heapBytes.slice(0, 100)));
    captured.dispose();
    letGo(model);
  });

  it.each(['lstm', 'gru', 'simpleRNN'] as const)('keeps no masks of %s', async (layer) => {
    const model = tfl.sequential({
      layers: [
        tfl.layers[layer]({
          units: 4,
          inputShape: [5, 4],
          dropout: 0.3,
          recurrentDropout: 0.2,
          recurrentInitializer: 'glorotUniform',
        }),
        tfl.layers.dense({units: 10, activation: 'softmax'}),
      ],
    });
    model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
    const captured = captureTraining(model);
    const counts: number[] = [];
    for (let step = 0; step < 150; step++) {
      const {xs, ys} = batch(model, 8, step);
      await model.trainOnBatch(xs, ys);
      tf.dispose([xs, ys]);
      counts.push(memory().numTensors);
    }
    expect(new Set(counts.slice(2)).size).toBe(1);
    captured.dispose();
    // The masks of the last step are the layer's, which tfjs does not dispose of.
    const {cell} = model.layers[0] as unknown as {cell: {dropoutMask: tf.Tensor[]; recurrentDropoutMask: tf.Tensor[]}};
    tf.dispose([cell.dropoutMask, cell.recurrentDropoutMask]);
    letGo(model);
  });
});

describe('a model that is compiled after its training was captured', () => {
  it.each([false, true])('is captured, whether it was compiled before: %s', async (before) => {
    const create = () => {
      const model = tfl.sequential({layers: [tfl.layers.dense({units: 10, inputShape: [80], activation: 'softmax'})]});
      if (before) model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy'});
      return model;
    };
    const model = create();
    const captured = captureTraining(model);
    const {xs, ys} = batch({inputs: [{shape: [null, 80]}]} as unknown as tfl.LayersModel, 8, 1);
    if (before) for (let step = 0; step < 5; step++) await model.trainOnBatch(xs, ys);
    const first = model.optimizer;
    model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy'});
    for (let step = 0; step < 5; step++) await model.trainOnBatch(xs, ys);
    expect(captured.reason).toBeUndefined();
    captured.dispose();
    expect(Object.hasOwn(model, 'compile') && model.compile !== tfl.Sequential.prototype.compile).toBe(false);
    tf.dispose([xs, ys]);
    first?.dispose();
    letGo(model);
  });

  it('is captured where a model within it is trained too', async () => {
    const dense = (units: number, seed: number) =>
      tfl.layers.dense({units, kernelInitializer: tfl.initializers.glorotUniform({seed})});
    const inner = tfl.sequential({layers: [tfl.layers.dense({units: 10, inputShape: [80], activation: 'softmax'})]});
    inner.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy'});
    const outer = tfl.sequential({layers: [tfl.layers.inputLayer({inputShape: [80]}), dense(80, 2), inner]});
    outer.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy'});
    const captures = [captureTraining(inner), captureTraining(outer)];
    const {xs, ys} = batch(inner, 8, 1);
    for (let step = 0; step < 8; step++) {
      for (const model of [inner, outer]) await model.trainOnBatch(xs, ys);
    }
    expect(captures.map(({reason}) => reason)).toEqual([undefined, undefined]);
    for (const captured of captures) captured.dispose();
    tf.dispose([xs, ys]);
    inner.optimizer.dispose();
    inner.dispose();
    letGo(outer);
  });
});

describe('what cannot be repeated is done by trainOnBatch', () => {
  it('a layer that draws random numbers', async () => {
    const seeds = new Map<object, number>();
    class Noise extends tfl.layers.Layer {
      static className = 'CaptureNoise';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const seed = (seeds.get(this) ?? 0) + 1;
        seeds.set(this, seed);
        const x = [inputs].flat()[0];
        return tf.tidy(() => tf.add(x, tf.randomUniform(x.shape as number[], 0, 1, 'float32', seed)));
      }
    }
    const reasons = await expectSame(() => squares(new Noise({})), {steps: 12});
    expect(reasons[3]).toMatch(/other values each time/);
  });

  it('a layer that reads values', async () => {
    class Scale extends tfl.layers.Layer {
      static className = 'CaptureScale';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const x = [inputs].flat()[0];
        return tf.tidy(() => tf.div(x, Math.max(...tf.abs(x).dataSync())));
      }
    }
    const reasons = await expectSame(() => squares(new Scale({})), {steps: 8});
    expect(reasons[2]).toMatch(/JavaScript reads/);
  });

  it('a layer that keeps a tensor of each step', async () => {
    const kept: tf.Tensor[] = [];
    class Keep extends tfl.layers.Layer {
      static className = 'CaptureKeep';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const x = [inputs].flat()[0];
        kept.push(tf.keep(tf.mul(x, 2)));
        return tf.mul(x, 1);
      }
    }
    const reasons = await expectSame(() => squares(new Keep({})), {steps: 8});
    expect(reasons[2]).toBe('a tensor of it is kept');
    tf.dispose(kept);
  });

  it('on another backend', async () => {
    await tf.setBackend('cpu');
    const reasons = await expectSame(squares, {steps: 4});
    expect(new Set(reasons)).toEqual(new Set(['the backend does not record steps']));
  });

  it('what is no batch of the model fails as it does without', async () => {
    const model = squares();
    const captured = captureTraining(model);
    const {xs, ys} = batch(model, 8, 1);
    for (let step = 0; step < 5; step++) await model.trainOnBatch(xs, ys);
    const wrong = tf.zeros([8, 3]);
    await expect(model.trainOnBatch(wrong, ys)).rejects.toThrow(/expected a batch of elements/);
    wrong.dispose();
    await model.trainOnBatch(xs, ys);
    expect(captured.reason).toBeUndefined();
    tf.dispose([xs, ys]);
    await expect(model.trainOnBatch(xs, ys)).rejects.toThrow(/disposed/);
    captured.dispose();
    letGo(model);
  });
});
