import '@tensorflow/tfjs-backend-cpu';
import {setBackend, type Tensor4D, tensor, tensor4d} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {
  type FillMode,
  ImageDataGenerator,
  type ImageDataGeneratorOptions,
  seededRandom,
  type TransformParameters,
} from 'mnist-wasm/training';
import {beforeEach, describe, expect, it} from 'vitest';
import {kerasTransform} from './keras-affine';

type Shape = [count: number, height: number, width: number, channels: number];

function noise(shape: Shape, seed = 1): Tensor4D {
  const random = seededRandom(seed);
  return tensor4d(
    Float32Array.from({length: shape.reduce((a, b) => a * b)}, () => random() - 0.25),
    shape,
  );
}

const STILL: TransformParameters = {
  theta: 0,
  tx: 0,
  ty: 0,
  shear: 0,
  zx: 1,
  zy: 1,
  flipHorizontal: false,
  flipVertical: false,
};

/** The parameters of each image of a batch. */
const BATCHES: Record<string, Partial<TransformParameters>[]> = {
  theta: [{theta: 7}, {theta: -30}, {theta: 85}],
  tx: [{tx: 1.5}, {tx: -3}, {tx: 0.25}],
  ty: [{ty: 1.5}, {ty: -3}, {ty: 0.25}],
  shear: [{shear: 10}, {shear: -25}, {shear: 0.2}],
  zoom: [{zx: 0.83}, {zy: 1.17}, {zx: 1.13, zy: 0.94}],
  flips: [{flipHorizontal: true}, {flipVertical: true}, {flipHorizontal: true, flipVertical: true}],
  all: [
    {theta: 7, tx: 1.4, ty: -0.7, shear: 12, zx: 0.9, zy: 1.1},
    {theta: -20, tx: -2, ty: 3.25, shear: -8, zx: 1.2, zy: 0.85, flipHorizontal: true},
    {theta: 3, tx: 0.5, ty: 0.5, shear: 1, zx: 1.02, zy: 0.97, flipVertical: true},
  ],
};
const SHAPES: Shape[] = [
  [3, 10, 10, 1],
  [3, 8, 13, 3],
  [3, 13, 8, 1],
];
const MODES: FillMode[] = ['nearest', 'constant', 'reflect', 'wrap'];

function expectAsInKeras(moved: Tensor4D, images: Tensor4D, all: TransformParameters[], mode: FillMode, cval = 0) {
  const [, height, width, channels] = images.shape;
  const size = height * width * channels;
  const [before, after] = [images.dataSync(), moved.dataSync()];
  const expected = all.flatMap((parameters, i) =>
    kerasTransform(before.subarray(i * size, (i + 1) * size), [height, width, channels], parameters, mode, cval),
  );
  expect(moved.shape).toEqual(images.shape);
  expect(moved.dtype).toBe('float32');
  const errors = expected.map((value, i) => Math.abs(value - after[i])).filter((error) => !Number.isNaN(error));
  expect(errors.length).toBeGreaterThan(0.8 * expected.length);
  expect(Math.max(...errors)).toBeLessThan(1e-5);
}

describe.each(['mnist-wasm', 'cpu'])('on %s', (backend) => {
  beforeEach(async () => {
    await setBackend(backend);
  });

  it.each(Object.keys(BATCHES))('%s moves each image as Keras defines it', (name) => {
    const all = BATCHES[name].map((some) => ({...STILL, ...some}));
    for (const shape of SHAPES) {
      for (const fillMode of MODES) {
        const images = noise(shape);
        const moved = new ImageDataGenerator({fillMode, cval: 0.5}).applyTransform(images, all);
        expectAsInKeras(moved, images, all, fillMode, 0.5);
        images.dispose();
        moved.dispose();
      }
    }
  });

  it('no transformation gives the same bits', () => {
    const images = noise([2, 5, 7, 3]);
    const moved = new ImageDataGenerator().randomTransform(images);
    expect([...moved.dataSync()]).toEqual([...images.dataSync()]);
    images.dispose();
    moved.dispose();
  });

  it('randomTransform is applyTransform with what getRandomTransform tells, one for each image', () => {
    const options = {rotationRange: 20, widthShiftRange: 0.1, shearRange: 5, zoomRange: 0.2, seed: 3};
    const images = noise([4, 9, 6, 1]);
    const moved = new ImageDataGenerator(options).randomTransform(images);
    const twin = new ImageDataGenerator(options);
    const all = Array.from({length: 4}, () => twin.getRandomTransform(9, 6));
    expect(new Set(all.map(({theta}) => theta)).size).toBe(4);
    expectAsInKeras(moved, images, all, 'nearest');
    images.dispose();
    moved.dispose();
  });

  it('the same seed gives the same bits, another one others', () => {
    const images = noise([4, 9, 6, 1]);
    const movedBy = (seed?: number) => {
      const moved = new ImageDataGenerator({rotationRange: 20, seed}).randomTransform(images);
      const values = [...moved.dataSync()];
      moved.dispose();
      return values;
    };
    expect(movedBy(1)).toEqual(movedBy(1));
    expect(movedBy(1)).not.toEqual(movedBy(2));
    expect(movedBy()).not.toEqual(movedBy());
    images.dispose();
  });

  it('takes whole numbers as well, and no images at all', () => {
    const images = tensor4d([0, 255, 7, 9], [1, 2, 2, 1], 'int32');
    const none = tensor4d([], [0, 2, 2, 1]);
    const generator = new ImageDataGenerator({horizontalFlip: true});
    const moved = generator.applyTransform(images, [{...STILL, flipHorizontal: true}]);
    expect(moved.dtype).toBe('float32');
    expect([...moved.dataSync()]).toEqual([255, 0, 9, 7]);
    const nothing = generator.randomTransform(none);
    expect(nothing.shape).toEqual([0, 2, 2, 1]);
    for (const each of [images, none, moved, nothing]) each.dispose();
  });
});

describe('what is drawn', () => {
  const draws = (options: ImageDataGeneratorOptions, height = 100, width = 200) => {
    const generator = new ImageDataGenerator({seed: 5, ...options});
    return Array.from({length: 400}, () => generator.getRandomTransform(height, width));
  };
  /** From the least to the most, which 400 uniform numbers reach within 3 %. */
  const span = (values: number[]) => [Math.min(...values), Math.max(...values)];
  const expectSpan = (values: number[], low: number, high: number) => {
    const [least, most] = span(values);
    const margin = 0.03 * (high - low);
    expect(least).toBeGreaterThanOrEqual(low);
    expect(most).toBeLessThanOrEqual(high);
    expect(least).toBeLessThan(low + margin);
    expect(most).toBeGreaterThan(high - margin);
  };

  it('fills the ranges, and nothing moves that was not asked for', () => {
    expect(draws({})).toEqual(
      Array.from({length: 400}, () => expect.objectContaining({zx: 1, zy: 1, flipVertical: false})),
    );
    expect(span(draws({}).flatMap(({theta, tx, ty, shear}) => [theta, tx, ty, shear]))).toEqual([
      expect.closeTo(0),
      expect.closeTo(0),
    ]);
    expectSpan(
      draws({rotationRange: 7}).map(({theta}) => theta),
      -7,
      7,
    );
    expectSpan(
      draws({shearRange: 2}).map(({shear}) => shear),
      -2,
      2,
    );
    expectSpan(
      draws({zoomRange: 0.05}).map(({zx}) => zx),
      0.95,
      1.05,
    );
    expectSpan(
      draws({zoomRange: [0.5, 2]}).map(({zy}) => zy),
      0.5,
      2,
    );
    expect(draws({zoomRange: 0.05}).some(({zx, zy}) => zx !== zy)).toBe(true);
  });

  it('shifts by fractions of a side, by pixels, whole pixels or one of a list', () => {
    expectSpan(
      draws({widthShiftRange: 0.05}).map(({tx}) => tx),
      -10,
      10,
    );
    expectSpan(
      draws({heightShiftRange: 0.05}).map(({ty}) => ty),
      -5,
      5,
    );
    expectSpan(
      draws({widthShiftRange: 2.5}).map(({tx}) => tx),
      -2.5,
      2.5,
    );
    const shifts = (range: number | number[]) =>
      [...new Set(draws({widthShiftRange: range}).map(({tx}) => tx + 0))].sort((a, b) => a - b);
    expect(shifts(3)).toEqual([-2, -1, 0, 1, 2]);
    expect(shifts([0.1, 0.25])).toEqual([-50, -20, 20, 50]);
    expect(shifts([1, 4])).toEqual([-4, -1, 1, 4]);
  });

  it('mirrors about half of the images', () => {
    const flips = draws({horizontalFlip: true}).filter(({flipHorizontal}) => flipHorizontal).length;
    expect(flips).toBeGreaterThan(160);
    expect(flips).toBeLessThan(240);
    expect(draws({horizontalFlip: true}).some(({flipVertical}) => flipVertical)).toBe(false);
  });

  it('is refused where it is out of range', () => {
    const wrong: ImageDataGeneratorOptions[] = [
      {rotationRange: -1},
      {rotationRange: Number.NaN},
      {shearRange: Infinity},
      {widthShiftRange: -0.1},
      {heightShiftRange: []},
      {heightShiftRange: [1, Number.NaN]},
      {zoomRange: 1},
      {zoomRange: [0, 1]},
      {zoomRange: [1] as unknown as [number, number]},
      {cval: Number.NaN},
      {fillMode: 'edge' as FillMode},
      {seed: 0.5},
    ];
    for (const options of wrong)
      expect(() => new ImageDataGenerator(options), JSON.stringify(options)).toThrow(RangeError);
  });
});

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
