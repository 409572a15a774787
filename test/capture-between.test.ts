/** What happens between steps that are repeated: they have the bits of model.trainOnBatch all the same. */
import * as tf from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {seededRandom} from 'mnist-wasm/training';
import {beforeEach, describe, expect, it} from 'vitest';
import {createOptimizer} from '../recipes';
import {
  batch,
  compiled,
  digest,
  digestOf,
  expectRepeated,
  expectSame,
  OPTIMIZERS,
  type Plan,
  RECORDED,
  setLearningRate,
  squares,
} from './captured';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

describe('in between', () => {
  const create = () => compiled('batch-norm-cnn', 'adam');
  const inBetween = (between: Plan['between'], steps = 12) => expectSame(create, {steps, between});

  it('the model predicts, is evaluated and is saved', async () => {
    const reasons = await inBetween(async (model) => {
      const {xs, ys} = batch(model, 4, 7);
      tf.dispose([model.predict(xs), model.evaluate(xs, ys)] as tf.Tensor[]);
      tf.dispose([xs, ys]);
      await model.save(
        tf.io.withSaveHandler(async () => ({modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}})),
      );
    });
    expectRepeated(reasons);
  });

  it('weights are set, and copies of them stay what they are', async () => {
    const copies = new Map<LayersModel, {tensor: tf.Tensor; content: string}[]>();
    const reasons = await inBetween((model, step) => {
      if (step % 3 !== 1) return;
      const kept = copies.get(model) ?? [];
      copies.set(model, kept);
      const [first, ...others] = model.getWeights();
      const halved = tf.tidy(() => tf.mul(first, 0.5));
      kept.push(...[first, ...others].map((weight) => ({tensor: tf.clone(weight), content: digest(weight)})));
      model.setWeights([halved, ...others]);
      halved.dispose();
    });
    for (const {tensor, content} of [...copies.values()].flat()) {
      expect(digest(tensor)).toBe(content);
      tensor.dispose();
    }
    expectRepeated(reasons);
  });

  it('weights are read by operations that are computed later', async () => {
    const later: {tensor: tf.Tensor; content: string}[] = [];
    const reasons = await inBetween((model, step) => {
      const weight = model.getWeights().find(({size}) => size > 10_000) as tf.Tensor;
      const tensor = tf.tidy(() => tf.add(tf.mul(weight, 2), step));
      const expected = Float32Array.from(weight.dataSync(), (value) => Math.fround(value * 2) + step);
      later.push({tensor, content: digestOf(expected)});
    });
    for (const {tensor, content} of later) {
      expect(digest(tensor)).toBe(content);
      tensor.dispose();
    }
    expectRepeated(reasons);
  });

  it('two weights are exchanged', async () => {
    const reasons = await expectSame(squares, {
      steps: 12,
      between: (model, step) => {
        if (step !== 6) return;
        const [a, b] = [0, 2].map((i) => model.weights[i].read() as tf.Variable);
        const [first, second] = [tf.clone(a), tf.clone(b)];
        a.assign(second);
        b.assign(first);
        tf.dispose([first, second]);
      },
    });
    expect(reasons.at(-1)).toBeUndefined();
  });

  it('a copy is taken just when the step has been recorded', async () => {
    const copies: {tensor: tf.Tensor; content: string}[] = [];
    const reasons = await inBetween((model, step) => {
      if (step !== 2) return;
      for (const weight of model.getWeights()) copies.push({tensor: tf.clone(weight), content: digest(weight)});
    });
    for (const {tensor, content} of copies) {
      expect(digest(tensor)).toBe(content);
      tensor.dispose();
    }
    expectRepeated(reasons);
  });

  it('other tensors come and go', async () => {
    const random = seededRandom(3);
    const tensors: {tensor: tf.Tensor; sum: number}[] = [];
    const reasons = await inBetween(() => {
      for (let i = 0; i < 20; i++) {
        if (tensors.length > 0 && random() < 0.5) {
          const {tensor, sum} = tensors.splice(Math.floor(random() * tensors.length), 1)[0];
          expect(tf.tidy(() => tf.sum(tensor).dataSync()[0])).toBe(sum);
          tensor.dispose();
        } else {
          const tensor = tf.fill([1 + Math.floor(random() * 60_000)], 1);
          tensors.push({tensor, sum: tensor.size});
        }
      }
    });
    for (const {tensor} of tensors) tensor.dispose();
    expectRepeated(reasons);
  });

  it.each(OPTIMIZERS)('the learning rate of %s changes', async (optimizer) => {
    const reasons = await expectSame(() => compiled('lenet', optimizer), {
      steps: 14,
      between: (model, step) => {
        if (step > 5) setLearningRate(model, 0.01 / step);
      },
    });
    // A step is recorded once more for a number, and never for a tensor.
    expect(reasons.slice(RECORDED, 7)).toEqual(Array(4).fill(undefined));
    expectRepeated(reasons, 8);
  });

  it('the learning rate is another from the first step on', async () => {
    const reasons = await expectSame(() => compiled('batch-norm-cnn', 'adam'), {
      steps: 12,
      between: (model, step) => setLearningRate(model, 0.01 / (step + 1)),
    });
    expectRepeated(reasons);
  });

  it('a layer has other settings: the step is recorded anew', async () => {
    const reasons = await inBetween((model, step) => {
      if (step === 6)
        Object.assign(model.layers.find((layer) => layer.getClassName() === 'BatchNormalization') as object, {
          momentum: 0.5,
        });
    });
    expect(reasons[6]).toBeUndefined();
    expect(reasons.slice(7).map((reason) => reason === undefined)).toEqual([false, false, true, true, true]);
  });

  it('layers are frozen, and the model compiled again', async () => {
    const reasons = await inBetween((model, step) => {
      if (step !== 6) return;
      model.layers[0].trainable = false;
      model.optimizer.dispose();
      model.compile({
        optimizer: createOptimizer({name: 'adam', learningRate: 0.01}),
        loss: 'categoricalCrossentropy',
        metrics: ['accuracy'],
      });
    }, 16);
    expectRepeated(reasons, 7 + RECORDED);
  });

  it.each([
    ['differs at first by less than float32 tells', (step: number) => (step < 6 ? 0.01 * (1 + step * 1e-10) : 0.5)],
    ['is 0, then -0, then more', (step: number) => (step < 6 ? (step % 2 ? 0 : -0) : 0.1)],
    ['is a text', (step: number) => (step < 6 ? 0.01 : ('0.5' as unknown as number))],
  ])('the learning rate %s', async (_name, rateOf) => {
    await inBetween((model, step) => setLearningRate(model, rateOf(step)));
  });

  it('steps are made that are not captured', async () => {
    const reasons = await inBetween(async (model, step) => {
      if (step % 2 === 0) return;
      const {xs, ys} = batch(model, 8, step);
      await model.fit(xs, ys, {verbose: 0, shuffle: false, classWeight: Array(10).fill(0.5)});
      tf.dispose([xs, ys]);
    });
    expectRepeated(reasons);
  });
});
