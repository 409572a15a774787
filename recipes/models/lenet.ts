/**
 * LeNet-5 (LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, 1998) as it is
 * usually written in Keras today: ReLU and max pooling in place of the paper's scaled tanh and trained subsampling,
 * softmax in place of the radial basis units.
 */
import * as tf from '@tensorflow/tfjs-layers';
import {seededGlorotUniform} from './initializers';

/**
 * The uncompiled model: input [n, 28, 28, 1], output [n, 10] class probabilities; 61,706 parameters.
 *
 * @param seed the same seed gives the same initial weights.
 */
export function lenet(seed: number): tf.Sequential {
  const glorotUniform = seededGlorotUniform(seed);
  const model = tf.sequential({name: 'lenet'});
  model.add(
    tf.layers.conv2d({
      inputShape: [28, 28, 1],
      filters: 6,
      kernelSize: 5,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: glorotUniform(),
    }),
  );
  model.add(tf.layers.maxPooling2d({poolSize: 2}));
  model.add(
    tf.layers.conv2d({
      filters: 16,
      kernelSize: 5,
      padding: 'valid',
      activation: 'relu',
      kernelInitializer: glorotUniform(),
    }),
  );
  model.add(tf.layers.maxPooling2d({poolSize: 2}));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({units: 120, activation: 'relu', kernelInitializer: glorotUniform()}));
  model.add(tf.layers.dense({units: 84, activation: 'relu', kernelInitializer: glorotUniform()}));
  model.add(tf.layers.dense({units: 10, activation: 'softmax', kernelInitializer: glorotUniform()}));
  return model;
}
