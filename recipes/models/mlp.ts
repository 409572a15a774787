import * as tf from '@tensorflow/tfjs-layers';
import {seededGlorotUniform} from './initializers';

export interface MlpOptions {
  /** L2(0.001) on the weights of so many of the hidden layers, from the first on. */
  l2Layers?: 0 | 1 | 2;
  /** The share that is dropped after each hidden layer. */
  dropoutRate?: number;
}

/**
 * Two hidden layers of 256; uncompiled. Input [n, 784], output [n, 10] class probabilities; 269,322 parameters.
 *
 * @param seed the same seed gives the same initial weights and dropout.
 */
export function mlp(seed: number, {l2Layers = 0, dropoutRate = 0}: MlpOptions = {}): tf.Sequential {
  const {dense, dropout} = tf.layers;
  const glorotUniform = seededGlorotUniform(seed);

  const model = tf.sequential({name: 'mlp'});
  for (let i = 1; i <= 2; i++) {
    model.add(
      dense({
        inputShape: i === 1 ? [784] : undefined,
        units: 256,
        activation: 'relu',
        kernelInitializer: glorotUniform(),
        kernelRegularizer: i <= l2Layers ? tf.regularizers.l2({l2: 0.001}) : undefined,
      }),
    );
    if (dropoutRate > 0) model.add(dropout({rate: dropoutRate, seed: seed * 100 + 50 + i}));
  }
  model.add(dense({units: 10, activation: 'softmax', kernelInitializer: glorotUniform()}));
  return model;
}
