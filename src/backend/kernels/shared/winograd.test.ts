/** Minimal filtering: how far it is off, and that it can be turned off. */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {afterEach, describe, expect, it} from 'vitest';
import {makeValues} from '../../../../test/cases/values';
import {restart} from '../../../../test/running';

interface Layer {
  batch: number;
  size: number;
  inChannels: number;
  outChannels: number;
  filter: number;
}

const shapeOfX = ({batch, size, inChannels}: Layer) => [batch, size, size, inChannels];
const shapeOfFilter = ({filter, inChannels, outChannels}: Layer) => [filter, filter, inChannels, outChannels];

/** The convolution, valid, in float64, of the first image's pixels on the diagonal. */
function reference(layer: Layer, x: Float32Array, w: Float32Array): Float64Array {
  const {size, filter, inChannels, outChannels} = layer;
  const out = size - filter + 1;
  const y = new Float64Array(out * outChannels);
  for (let p = 0; p < out; p++) {
    for (let i = 0; i < filter; i++) {
      for (let j = 0; j < filter; j++) {
        for (let c = 0; c < inChannels; c++) {
          const value = x[((p + i) * size + p + j) * inChannels + c];
          const row = ((i * filter + j) * inChannels + c) * outChannels;
          for (let o = 0; o < outChannels; o++) y[p * outChannels + o] += value * w[row + o];
        }
      }
    }
  }
  return y;
}

/** The largest error, relative to the largest output. */
function errorOf(layer: Layer): number {
  const {size, filter, outChannels} = layer;
  const x = makeValues({shape: shapeOfX(layer)}, 0) as Float32Array;
  const w = makeValues({shape: shapeOfFilter(layer)}, 1) as Float32Array;
  const expected = reference(layer, x, w);
  const out = size - filter + 1;
  const actual = tf.tidy(() =>
    tf
      .conv2d(
        tf.tensor4d(x, shapeOfX(layer) as [number, number, number, number]),
        tf.tensor4d(w, shapeOfFilter(layer) as [number, number, number, number]),
        1,
        'valid',
      )
      .dataSync(),
  );
  let largest = 0;
  let error = 0;
  for (let p = 0; p < out; p++) {
    for (let o = 0; o < outChannels; o++) {
      const value = expected[p * outChannels + o];
      largest = Math.max(largest, Math.abs(value));
      error = Math.max(error, Math.abs(actual[(p * out + p) * outChannels + o] - value));
    }
  }
  return error / largest;
}

afterEach(() => restart());

describe('the error of minimal filtering against float64, relative to the largest output', () => {
  const layers: [string, Layer, bound: number][] = [
    ['3x3, 32 channels', {batch: 8, size: 14, inChannels: 32, outChannels: 32, filter: 3}, 1.2e-5],
    ['3x3, 256 channels', {batch: 4, size: 14, inChannels: 256, outChannels: 32, filter: 3}, 1.2e-5],
    ['5x5, 96 channels', {batch: 2, size: 14, inChannels: 96, outChannels: 32, filter: 5}, 1.2e-5],
  ];

  it.for(layers)('is small: %s', async ([, layer, bound]) => {
    await restart();
    const minimal = errorOf(layer);
    await restart({winograd: false});
    const direct = errorOf(layer);
    expect(minimal).toBeLessThan(bound);
    expect(direct).toBeLessThan(1e-6);
    // It was minimal filtering that the first was computed by.
    expect(minimal).toBeGreaterThan(2 * direct);
  });
});
