import * as tf from '@tensorflow/tfjs-layers';
import {seededGlorotUniform} from './initializers';

/**
 * Strides in place of pooling, with batch normalisation and dropout; uncompiled. Input [n, 28, 28, 1], output [n, 10]
 * class probabilities; 336,490 parameters, of which 335,594 are trained.
 *
 * @param seed the same seed gives the same initial weights and dropout.
 */
export function stridedCnn(seed: number): tf.Sequential {
  const {conv2d, batchNormalization, flatten, dense, dropout} = tf.layers;
  const glorotUniform = seededGlorotUniform(seed);
  let dropouts = 0;
  const drop = () => {
    dropouts++;
    return dropout({rate: 0.25, seed: seed * 100 + 50 + dropouts});
  };
  const convolution = (filters: number, kernelSize: number, strides: number, inputShape?: number[]) =>
    conv2d({
      inputShape,
      filters,
      kernelSize,
      strides,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: glorotUniform(),
    });

  const model = tf.sequential({name: 'strided_cnn'});
  model.add(convolution(16, 5, 2, [28, 28, 1]));
  model.add(convolution(32, 3, 1));
  model.add(batchNormalization());
  model.add(convolution(32, 3, 2));
  model.add(batchNormalization());
  model.add(drop());
  model.add(convolution(64, 3, 1));
  model.add(batchNormalization());
  model.add(convolution(64, 3, 2));
  model.add(batchNormalization());
  model.add(drop());
  model.add(flatten());
  model.add(dense({units: 256, activation: 'relu', kernelInitializer: glorotUniform()}));
  model.add(batchNormalization());
  model.add(drop());
  model.add(dense({units: 10, activation: 'softmax', kernelInitializer: glorotUniform()}));
  return model;
}
