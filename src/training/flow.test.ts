import {setBackend, type Tensor4D, tensor} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {ImageDataGenerator} from 'mnist-wasm/training';
import {beforeEach, describe, expect, it} from 'vitest';
import {noise} from './fixtures/images';

describe('flow', () => {
  beforeEach(async () => {
    await setBackend('mnist-wasm');
  });
  const OPTIONS = {rotationRange: 30, widthShiftRange: 0.1, seed: 1};

  async function epochOf(dataset: ReturnType<ImageDataGenerator['flow']>): Promise<{xs: number[][]; ys: number[]}> {
    const seen: {xs: number[][]; ys: number[]} = {xs: [], ys: []};
    for await (const {xs, ys} of await dataset.iterator()) {
      seen.xs.push([...xs.dataSync()]);
      seen.ys.push(...ys.dataSync());
      xs.dispose();
      ys.dispose();
    }
    return seen;
  }

  it('gives all examples in batches, shuffled and moved anew in each epoch, the same for the same seed', async () => {
    const xs = noise([10, 6, 5, 1]);
    const ys = tensor(Array.from({length: 10}, (_, i) => i));
    const flow = (seed?: number) => new ImageDataGenerator(OPTIONS).flow(xs, ys, {batchSize: 4, seed});
    const dataset = flow(7);
    expect(dataset.size).toBe(3);
    const [first, second] = [await epochOf(dataset), await epochOf(dataset)];
    expect(first.xs.map((batch) => batch.length / 30)).toEqual([4, 4, 2]);
    expect(first.ys.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(second.ys).not.toEqual(first.ys);
    expect(await epochOf(flow(7))).toEqual(first);
    expect(await epochOf(flow(8))).not.toEqual(first);
    expect(await epochOf(flow())).toEqual(await epochOf(flow()));
    xs.dispose();
    ys.dispose();
  });

  it('keeps the order without shuffle, and images with their labels', async () => {
    const xs = noise([10, 6, 5, 1]);
    const ys = tensor(Array.from({length: 10}, (_, i) => i));
    const still = new ImageDataGenerator();
    const ordered = await epochOf(still.flow(xs, ys, {shuffle: false}));
    expect(ordered.ys).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(ordered.xs).toEqual([[...xs.dataSync()]]);
    const shuffled = await epochOf(still.flow(xs, ys, {batchSize: 1}));
    expect(shuffled.xs).toEqual(shuffled.ys.map((label) => ordered.xs[0].slice(label * 30, label * 30 + 30)));
    xs.dispose();
    ys.dispose();
  });

  it('is what fitDataset trains on, and nothing is left behind', async () => {
    const xs = noise([20, 6, 5, 1]);
    const ys = tensor(Array.from({length: 20}, (_, i) => [i % 2]));
    const layers = [tf.layers.flatten({inputShape: [6, 5, 1]}), tf.layers.dense({units: 1})];
    const model = tf.sequential({layers});
    model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
    const dataset = new ImageDataGenerator(OPTIONS).flow(xs, ys, {batchSize: 8});
    const {history} = await model.fitDataset(dataset, {epochs: 3, verbose: 0});
    expect(history.loss).toHaveLength(3);
    model.dispose();
    model.optimizer.dispose();
    xs.dispose();
    ys.dispose();
  });

  it('refuses what are no images, or not as many as labels', () => {
    const generator = new ImageDataGenerator();
    const flat = tensor([[1, 2]]) as unknown as Tensor4D;
    const xs = noise([2, 3, 3, 1]);
    const ys = tensor([1]);
    expect(() => generator.randomTransform(flat)).toThrow(/expected \[n, height, width, channels\], got \[1,2\]/);
    expect(() => generator.flow(flat, ys)).toThrow(RangeError);
    expect(() => generator.flow(xs, ys)).toThrow(/as many examples/);
    expect(() => generator.flow(xs, ys, {batchSize: 0})).toThrow(RangeError);
    expect(() => generator.flow(xs, ys, {seed: 0.5})).toThrow(RangeError);
    expect(() => generator.applyTransform(xs, [])).toThrow(/the parameters of 2 images, got 0/);
    for (const each of [flat, xs, ys]) each.dispose();
  });
});
