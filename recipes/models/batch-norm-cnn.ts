import * as tf from '@tensorflow/tfjs-layers';
import {seededGlorotUniform} from './initializers';

/**
 * Four 'valid' convolutions with batch normalisation; uncompiled. Input [n, 28, 28, 1], output [n, 10] class
 * probabilities; 601,578 parameters, of which 598,250 are trained.
 *
 * @param seed the same seed gives the same initial weights and dropout.
 */
export function batchNormCnn(seed: number): tf.Sequential {
  const {conv2d, batchNormalization, maxPooling2d, flatten, dense, dropout} = tf.layers;
  const glorotUniform = seededGlorotUniform(seed);
  const convolution = (filters: number, inputShape?: number[]) =>
    conv2d({inputShape, filters, kernelSize: 3, activation: 'relu', kernelInitializer: glorotUniform()});

  const model = tf.sequential({name: 'batch_norm_cnn'});
  model.add(convolution(32, [28, 28, 1]));
  model.add(batchNormalization());
  model.add(convolution(32));
  model.add(maxPooling2d({poolSize: 2}));
  model.add(batchNormalization());
  model.add(convolution(64));
  model.add(batchNormalization());
  model.add(convolution(64));
  model.add(maxPooling2d({poolSize: 2}));
  model.add(flatten());
  model.add(batchNormalization());
  model.add(dense({units: 512, activation: 'relu', kernelInitializer: glorotUniform()}));
  model.add(batchNormalization());
  model.add(dropout({rate: 0.2, seed: seed * 100 + 51}));
  model.add(dense({units: 10, activation: 'softmax', kernelInitializer: glorotUniform()}));
  return model;
}
