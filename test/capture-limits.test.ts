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
