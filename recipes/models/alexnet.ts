/**
 * AlexNet (Krizhevsky, Sutskever, Hinton: ImageNet classification with deep convolutional neural networks, 2012) in the
 * usual adaptation to images of 28x28x1: smaller filters, and three pools in place of the stride of 4.
 */
import * as tf from '@tensorflow/tfjs-layers';
import {seededGlorotUniform} from './initializers';

/**
 * The uncompiled model: input [n, 28, 28, 1], output [n, 10] class probabilities; 29,976,778 parameters.
 *
 * @param seed the same seed gives the same initial weights.
 */
export function alexnet(seed: number): tf.Sequential {
  const {conv2d, maxPooling2d, flatten, dense, dropout} = tf.layers;
  const glorotUniform = seededGlorotUniform(seed);
  const convolution = (filters: number, kernelSize: number, inputShape?: number[]) =>
    conv2d({
      inputShape,
      filters,
      kernelSize,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: glorotUniform(),
    });

  const model = tf.sequential({name: 'alexnet'});
  model.add(convolution(96, 3, [28, 28, 1]));
  model.add(maxPooling2d({poolSize: 2}));
  model.add(convolution(256, 5));
  model.add(maxPooling2d({poolSize: 2}));
  model.add(convolution(384, 3));
  model.add(convolution(384, 3));
  model.add(convolution(256, 3));
  model.add(maxPooling2d({poolSize: 3, strides: 2}));
  model.add(flatten());
  for (let i = 1; i <= 2; i++) {
    model.add(dense({units: 4096, activation: 'relu', kernelInitializer: glorotUniform()}));
    model.add(dropout({rate: 0.5, seed: seed * 100 + 50 + i}));
  }
  model.add(dense({units: 10, activation: 'softmax', kernelInitializer: glorotUniform()}));
  return model;
}
