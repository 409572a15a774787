import * as tf from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {beforeEach, describe, expect, it} from 'vitest';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

/** tfjs-core lets this format reach the kernel, where the CPU backend takes no notice of it. */
describe('depthwiseConv2d of NCHW', () => {
  it.for([1, 2])('is that of NHWC, moved; %i outputs a channel', (multiplier) => {
    const x = tf.randomNormal<tf.Rank.R4>([2, 3, 5, 8]);
    const filter = tf.randomNormal<tf.Rank.R4>([3, 3, 3, multiplier]);
    const y = tf.depthwiseConv2d(x, filter, 2, 'same', 'NCHW');
    expect(y.shape).toEqual([2, 3 * multiplier, 3, 4]);
    const moved = tf.tidy(() =>
      tf.transpose(tf.depthwiseConv2d(tf.transpose(x, [0, 2, 3, 1]), filter, 2, 'same'), [0, 3, 1, 2]),
    );
    expect(y.dataSync()).toEqual(moved.dataSync());
    tf.dispose([x, filter, y, moved]);
  });
});
