/** Weights that products read again are read in a layout that is made once: the same bits, and no bytes too long. */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {beforeEach, describe, expect, it} from 'vitest';
import {awaitThreads, backend, memory, restart} from '../../test/running';

beforeEach(() => restart());

const random = (shape: [number, number], seed: number) => tf.randomUniform<tf.Rank.R2>(shape, -1, 1, 'float32', seed);
const valuesOf = (run: () => tf.Tensor) => tf.tidy(() => run().dataSync());

/** The values of the first product, which reads the weights as they are, and of the next ones. */
function products(run: () => tf.Tensor, times = 3): tf.TypedArray[] {
  return Array.from({length: times}, () => valuesOf(run));
}

const sizes = [
  [24, 64, 40],
  [32, 200, 700],
  [32, 9, 513],
  [150, 1030, 30],
  [300, 70, 1024],
  [2, 3, 5],
  [33, 1, 1],
];

describe.each(sizes)('%i x %i x %i', (m, n, k) => {
  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('A transposed: %s, B transposed: %s: the bits stay', (transposeA, transposeB) => {
    const a = random(transposeA ? [k, m] : [m, k], 1);
    const b = random(transposeB ? [n, k] : [k, n], 2);
    const bias = tf.randomUniform<tf.Rank.R1>([n], -1, 1, 'float32', 3);
    const [first, ...others] = products(() =>
      tf.fused.matMul({a, b, transposeA, transposeB, bias, activation: 'relu'}),
    );
    for (const other of others) expect(other).toEqual(first);
    tf.dispose([a, b, bias]);
    expect(memory().heapBytes).toBe(0);
  });
});

it('the bits are those of one thread on two', async () => {
  const [a, b] = [random([200, 600], 1), random([600, 300], 2)];
  const [one] = products(() => tf.matMul(a, b), 1);
  const values = [a, b].map((tensor) => tensor.dataSync());
  tf.dispose([a, b]);
  await restart({threads: 2});
  await awaitThreads(2);
  const [c, d] = [tf.tensor2d(values[0], [200, 600]), tf.tensor2d(values[1], [600, 300])];
  for (const product of products(() => tf.matMul(c, d), 4)) expect(product).toEqual(one);
  tf.dispose([c, d]);
});

/** Bytes of a packed matrix of so many floats, whose columns are a multiple of a panel's. */
const packedBytes = (elements: number) => 4 * elements;

it('what is read once is not packed, and what is read again once', () => {
  const [a, b] = [random([32, 512], 1), random([512, 256], 2)];
  const before = memory().heapBytes;
  products(() => tf.matMul(a, b), 1);
  expect(memory().heapBytes).toBe(before);
  products(() => tf.matMul(a, b), 5);
  expect(memory().heapBytes).toBe(before + packedBytes(512 * 256));
  // As another matrix: in place of the first.
  const c = random([32, 256], 3);
  products(() => tf.matMul(c, tf.reshape(b, [256, 512])), 2);
  expect(memory().heapBytes).toBe(before + c.size * 4 + packedBytes(512 * 256));
  b.dispose();
  expect(memory().heapBytes).toBe((a.size + c.size) * 4);
  tf.dispose([a, c]);
});

describe.each([
  ['3x3', [4, 14, 14, 16], [3, 3, 16, 20], 20 * 16 + 4 * 16],
  ['5x5', [8, 9, 9, 17], [5, 5, 17, 16], 17 * 16],
] as const)('a filter of %s', (_, inputShape, filterShape, floatsOfPoint) => {
  const convolution = (x: tf.Tensor4D, filter: tf.Tensor4D) => {
    const bias = tf.linspace(-1, 1, filterShape[3]);
    return tf.fused.conv2d({x, filter, strides: 1, pad: 'same', bias, activation: 'relu'});
  };
  const make = <Rank extends tf.Rank>(shape: readonly number[], seed: number) =>
    tf.randomUniform<Rank>([...shape] as tf.ShapeMap[Rank], -1, 1, 'float32', seed);

  it('that is read again is transformed once, for any batch, with the same bits', () => {
    const x = make<tf.Rank.R4>(inputShape, 1);
    const filter = make<tf.Rank.R4>(filterShape, 2);
    const before = memory().heapBytes;
    const [first] = products(() => convolution(x, filter), 1);
    expect(memory().heapBytes).toBe(before);
    for (const other of products(() => convolution(x, filter), 3)) expect(other).toEqual(first);
    const {packedBytes: bytes} = memory();
    // The matrices of 36 points, each with its own place in the cache.
    expect(bytes).toBeGreaterThanOrEqual(36 * 4 * floatsOfPoint);
    expect(memory().heapBytes).toBeGreaterThanOrEqual(before + bytes);
    const half = tf.slice(x, [0, 0, 0, 0], [inputShape[0] / 2, ...inputShape.slice(1)]) as tf.Tensor4D;
    expect(valuesOf(() => convolution(half, filter))).toEqual(first.slice(0, first.length / 2));
    expect(memory().packedBytes).toBe(bytes);
    tf.dispose([x, filter, half]);
    expect(memory().packedBytes).toBe(0);
    expect(memory().heapBytes).toBe(0);
  });

  it('is transformed anew where it was read as a matrix', () => {
    const x = make<tf.Rank.R4>(inputShape, 1);
    const filter = make<tf.Rank.R4>(filterShape, 2);
    const rows = filter.size / filterShape[3];
    const matrix = random([32, rows], 3);
    const product = () => tf.matMul(matrix, tf.reshape<tf.Rank.R2>(filter, [rows, filterShape[3]]));
    const [image] = products(() => convolution(x, filter), 3);
    const [sums] = products(product, 3);
    for (let i = 0; i < 3; i++) {
      expect(valuesOf(() => convolution(x, filter))).toEqual(image);
      expect(valuesOf(product)).toEqual(sums);
    }
    expect(products(() => convolution(x, filter), 3)).toEqual([image, image, image]);
    tf.dispose([x, filter, matrix]);
  });
});

it('filters that are not read by minimal filtering are read as they are', () => {
  const x = tf.randomUniform<tf.Rank.R4>([8, 14, 14, 6], -1, 1, 'float32', 1);
  const filter = tf.randomUniform<tf.Rank.R4>([5, 5, 6, 16], -1, 1, 'float32', 2);
  products(() => tf.fused.conv2d({x, filter, strides: 1, pad: 'valid'}));
  expect(memory().packedBytes).toBe(0);
  tf.dispose([x, filter]);
});

it('a training packs no weights, and predicts by new ones', async () => {
  const dense = (units: number, seed: number) =>
    tfl.layers.dense({units, kernelInitializer: tfl.initializers.glorotUniform({seed})});
  const model = tfl.sequential({layers: [tfl.layers.inputLayer({inputShape: [300]}), dense(128, 1), dense(10, 2)]});
  model.compile({optimizer: 'adam', loss: 'meanSquaredError'});
  const [xs, ys] = [random([128, 300], 3), random([128, 10], 4)];
  await model.trainOnBatch(xs, ys);
  for (let i = 0; i < 3; i++) await model.trainOnBatch(xs, ys);
  expect(memory().packedBytes).toBe(0);
  const weights = () => model.layers.flatMap((layer) => layer.getWeights());
  const byHand = () => {
    const [w1, b1, w2, b2] = weights();
    const layer = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => tf.add(tf.matMul(x, tf.mul(w, 1)), b);
    return layer(layer(xs, w1, b1), w2, b2);
  };
  for (let i = 0; i < 3; i++) {
    expect(valuesOf(() => model.predict(xs) as tf.Tensor)).toEqual(valuesOf(byHand));
    expect(memory().packedBytes).toBe(packedBytes(300 * 128 + 128 * 16));
    await model.trainOnBatch(xs, ys);
    expect(memory().packedBytes).toBe(0);
  }
  model.dispose();
  tf.dispose([xs, ys]);
});

it('a result that takes over the bytes of a packed matrix is not read as that', () => {
  backend().minDeferred = 1;
  const a = random([32, 512], 1);
  let b = random([512, 256], 2);
  products(() => tf.matMul(a, b), 2);
  for (let i = 0; i < 3; i++) {
    const next = tf.neg(b);
    b.dispose();
    b = next;
    const [first, ...others] = products(() => tf.matMul(a, b), 3);
    const copy = tf.tensor2d(b.dataSync(), [512, 256]);
    expect(products(() => tf.matMul(a, copy), 1)).toEqual([first]);
    for (const other of others) expect(other).toEqual(first);
    copy.dispose();
  }
  tf.dispose([a, b]);
  expect(memory().heapBytes).toBe(0);
});

it('packed matrices make room for tensors', async () => {
  await restart({maxHeapBytes: 2 ** 23});
  const [a, b] = [random([32, 512], 1), random([512, 512], 2)];
  const [first] = products(() => tf.matMul(a, b), 3);
  const packed = memory().heapBytes;
  const large = tf.ones([1.25 * 2 ** 20]);
  large.dataSync();
  expect(memory().heapBytes).toBe(packed - packedBytes(512 * 512) + large.size * 4);
  // There is no room for them now, and none is needed.
  expect(products(() => tf.matMul(a, b), 3)).toEqual([first, first, first]);
  tf.dispose([a, b, large]);
  expect(memory().heapBytes).toBe(0);
});
