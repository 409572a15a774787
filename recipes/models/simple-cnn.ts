import * as tf from '@tensorflow/tfjs-layers';
import {seededGlorotUniform} from './initializers';

/**
 * One convolution and three dense layers; uncompiled. Input [n, 28, 28, 1], output [n, 10] class probabilities. Model A
 * has 32 filters and 1,103,230 parameters, model B 64 and 2,185,150.
 *
 * @param seed the same seed gives the same initial weights.
 */
export function simpleCnn(seed: number, filters: number): tf.Sequential {
  const {conv2d, maxPooling2d, flatten, dense} = tf.layers;
  const kernelInitializer = seededGlorotUniform(seed);

  const model = tf.sequential({name: `simple_cnn_${filters}`});
  model.add(
    conv2d({
      inputShape: [28, 28, 1],
      filters,
      kernelSize: 3,
      activation: 'relu',
      kernelInitializer: kernelInitializer(),
    }),
  );
  model.add(maxPooling2d({poolSize: 2}));
  model.add(flatten());
  model.add(dense({units: 200, activation: 'relu', kernelInitializer: kernelInitializer()}));
  model.add(dense({units: 100, activation: 'relu', kernelInitializer: kernelInitializer()}));
  model.add(dense({units: 10, activation: 'softmax', kernelInitializer: kernelInitializer()}));
  return model;
}
