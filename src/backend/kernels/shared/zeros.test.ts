/**
 * Where everything that an output reads is zero, it is exactly zero, as relu and its gradient tell zero from the noise of
 * minimal filtering: most of an MNIST image is such a background.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {makeValues} from '../../../../test/cases/values';

type Shape4 = [number, number, number, number];

interface Layer {
  x: Shape4;
  filter: Shape4;
  stride?: number;
  pad?: 'same' | 'valid';
}

/** One for each way of computing a convolution and its gradients, see assembly/conv/path.ts. */
const layers: [string, Layer][] = [
  ['minimal filtering, 3x3', {x: [3, 12, 12, 16], filter: [3, 3, 16, 16]}],
  ['minimal filtering, 3x3, valid', {x: [4, 11, 10, 16], filter: [3, 3, 16, 20], pad: 'valid'}],
  ['minimal filtering, 3x3, channels that fill no vector', {x: [3, 10, 13, 17], filter: [3, 3, 17, 18]}],
  ['minimal filtering, 5x5', {x: [2, 10, 11, 16], filter: [5, 5, 16, 16]}],
  ['minimal filtering, 5x5, valid', {x: [2, 12, 11, 17], filter: [5, 5, 17, 17], pad: 'valid'}],
  ['minimal filtering, a wide image', {x: [1, 9, 75, 16], filter: [3, 3, 16, 16]}],
  ['interleaved images', {x: [8, 14, 14, 2], filter: [3, 3, 2, 6]}],
  ['one channel', {x: [2, 14, 14, 1], filter: [5, 5, 1, 5]}],
  ['patches', {x: [2, 14, 14, 3], filter: [3, 3, 3, 6], stride: 2}],
  ['runs of pixels', {x: [3, 12, 12, 17], filter: [3, 3, 17, 9], stride: 2}],
  ['a plain product', {x: [3, 9, 9, 7], filter: [1, 1, 7, 9]}],
];

/** What of the images is not zero: the rows and columns from and to, the same in every image but the first, which is 0. */
const patches: [string, (y: number, x: number, height: number, width: number) => boolean][] = [
  ['a blob', (y, x) => y >= 4 && y < 8 && x >= 5 && x < 9],
  ['a pixel', (y, x) => y === 6 && x === 5],
  ['a corner', (y, x, height, width) => y >= height - 2 && x >= width - 3],
  ['an edge', (_, x) => x === 0],
  ['nothing', () => false],
  ['all', () => true],
];

function patched(shape: Shape4, isIn: (typeof patches)[number][1], seed: number): tf.Tensor4D {
  const [, height, width, channels] = shape;
  const values = Float32Array.from(makeValues({shape}, seed) as Float32Array, (value, i) => {
    const pixel = Math.floor(i / channels);
    const image = Math.floor(pixel / (height * width));
    const isPatch = isIn(Math.floor(pixel / width) % height, pixel % width, height, width);
    return isPatch && (image > 0 || isIn(0, 1, 3, 3)) ? value : i % 3 === 0 ? -0 : 0;
  });
  return tf.tensor4d(values, shape);
}

/** The output with and without a bias and a relu, and the gradients of x, filter and bias for a patch of dy. */
async function results(
  name: string,
  layer: Layer,
  isIn: (typeof patches)[number][1],
): Promise<Record<string, Float32Array>> {
  await tf.setBackend(name);
  const {x: xShape, filter: filterShape, stride = 1, pad = 'same'} = layer;
  const found = tf.tidy(() => {
    const x = patched(xShape, isIn, 0);
    const filter = tf.tensor4d(makeValues({shape: filterShape}, 1) as Float32Array, filterShape);
    const bias = tf.tensor1d(makeValues({shape: [filterShape[3]]}, 2) as Float32Array);
    const convolve = (image: tf.Tensor, taps: tf.Tensor) =>
      tf.conv2d(image as tf.Tensor4D, taps as tf.Tensor4D, stride, pad);
    const y = convolve(x, filter);
    const [dx, dw] = tf.grads(convolve)([x, filter], patched(y.shape as Shape4, isIn, 3));
    const [, , db] = tf.grads((image, taps, b) => tf.relu(tf.add(convolve(image, taps), b)))(
      [x, filter, tf.zerosLike(bias)],
      tf.onesLike(y),
    );
    return {y, biased: tf.relu(tf.add(convolve(x, filter), bias)), dx, dw, db};
  });
  const values = Object.fromEntries(Object.entries(found).map(([key, t]) => [key, t.dataSync() as Float32Array]));
  tf.dispose(found);
  return values;
}

describe.each(layers)('%s', (_, layer) => {
  it.each(patches)('%s that is not zero', async (_name, isIn) => {
    const expected = await results('cpu', layer, isIn);
    const actual = await results('mnist-wasm', layer, isIn);
    for (const [name, values] of Object.entries(expected)) {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const noise = values.reduce((n, value, i) => n + (value === 0 && actual[name][i] !== 0 ? 1 : 0), 0);
      const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[name][i])), 0);
      expect(worst, `${name}: the largest error`).toBeLessThanOrEqual(2e-5 * largest);
      // A sum of many terms may be 0 on one backend by chance.
      expect(noise, `${name}: zeros that are not`).toBeLessThanOrEqual(values.length / 1e4);
    }
  });
});
