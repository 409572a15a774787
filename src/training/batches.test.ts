import '@tensorflow/tfjs-backend-cpu';
import {dispose, gather, setBackend, tensor1d} from '@tensorflow/tfjs-core';
import {toTensors} from 'mnist-wasm/mnist';
import {BatchDataset, permutation, seededRandom} from 'mnist-wasm/training';
import {beforeAll, expect, it} from 'vitest';
import {numbered} from '../mnist/fixtures/splits';

beforeAll(() => setBackend('cpu'));

/** The position of each image of an epoch, told by its pixels, and what its one-hot row says. */
async function epoch(dataset: BatchDataset): Promise<{sizes: number[]; order: number[]; labels: number[]}> {
  const sizes: number[] = [];
  const order: number[] = [];
  const labels: number[] = [];
  for await (const {xs, ys} of await dataset.iterator()) {
    expect(xs.shape.slice(1)).toEqual([28, 28, 1]);
    expect(ys.shape).toEqual([xs.shape[0], 10]);
    const pixels = xs.dataSync();
    const rows = ys.dataSync();
    sizes.push(xs.shape[0]);
    for (let i = 0; i < xs.shape[0]; i++) {
      order.push(Math.round(pixels[i * 784] * 255));
      labels.push(rows.subarray(i * 10, (i + 1) * 10).indexOf(1));
    }
    xs.dispose();
    ys.dispose();
  }
  return {sizes, order, labels};
}

it('goes through the split in order without a random generator', async () => {
  const split = numbered(25);
  const all = toTensors(split);
  const dataset = new BatchDataset(all, 10);
  const {sizes, order, labels} = await epoch(dataset);
  expect(dataset.size).toBe(3);
  expect(sizes).toEqual([10, 10, 5]);
  expect(order).toEqual(Array.from({length: 25}, (_, i) => i));
  expect(labels).toEqual([...split.labels]);
  dispose([all.xs, all.ys]);
});

it('shuffles images and labels together, anew for each epoch, the same for the same seed', async () => {
  const split = numbered(100);
  const all = toTensors(split);
  const shuffled = (seed: number) => new BatchDataset(all, 16, {random: seededRandom(seed)});
  const dataset = shuffled(1);
  // fitDataset asks for one iterator more than it uses.
  await dataset.iterator();
  const first = await epoch(dataset);
  const second = await epoch(dataset);
  for (const {order, labels} of [first, second]) {
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({length: 100}, (_, i) => i));
    expect(labels).toEqual(order.map((index) => split.labels[index]));
  }
  expect(second.order).not.toEqual(first.order);
  const again = shuffled(1);
  expect((await epoch(again)).order).toEqual(first.order);
  expect((await epoch(again)).order).toEqual(second.order);
  expect((await epoch(shuffled(2))).order).not.toEqual(first.order);
  dispose([all.xs, all.ys]);
});

it('takes the same examples from a source as from tensors', async () => {
  const split = numbered(50);
  const all = toTensors(split);
  const source = {
    count: split.size,
    take: (positions: Int32Array) => {
      const indices = tensor1d(positions, 'int32');
      const batch = {xs: gather(all.xs, indices), ys: gather(all.ys, indices)};
      indices.dispose();
      return batch;
    },
  };
  for (const random of [() => undefined, () => seededRandom(3)]) {
    const wanted = await epoch(new BatchDataset(all, 16, {random: random()}));
    expect(await epoch(new BatchDataset(source, 16, {random: random()}))).toEqual(wanted);
  }
  expect(() => new BatchDataset({...source, count: 1.5}, 16)).toThrow(RangeError);
  dispose([all.xs, all.ys]);
});

it('tells of each batch before it is put together', async () => {
  let calls = 0;
  const all = toTensors(numbered(7));
  const dataset = new BatchDataset(all, 3, {onBatch: () => calls++});
  await dataset.iterator();
  expect(calls).toBe(0);
  await epoch(dataset);
  expect(calls).toBe(3);
  dispose([all.xs, all.ys]);
});

it('every order of three is about equally likely', () => {
  const random = seededRandom(7);
  const counts = new Map<string, number>();
  const rounds = 60_000;
  for (let i = 0; i < rounds; i++) {
    const order = permutation(3, random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // Chi-squared with 5 degrees of freedom: 20.5 is exceeded once in a thousand seeds.
  const expected = rounds / 6;
  const chiSquared = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  expect(chiSquared).toBeLessThan(20.5);
});
