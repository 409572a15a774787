import {type Optimizer, train} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {OptimizerSettings, Recipe} from '../recipe';

/** Compiles for the classification of images, the accuracy among the figures. */
export function compileForClassification(
  model: LayersModel,
  optimizer: Pick<OptimizerSettings, 'name' | 'learningRate'>,
  loss: Recipe['loss'] = 'categoricalCrossentropy',
): void {
  model.compile({optimizer: createOptimizer(optimizer), loss, metrics: ['accuracy']});
}

/** With Keras's defaults, which are not those of tfjs: an epsilon of 1e-7, RMSprop's rho of 0.9. */
export function createOptimizer({name, learningRate}: Pick<OptimizerSettings, 'name' | 'learningRate'>): Optimizer {
  if (name === 'adam') return train.adam(learningRate, 0.9, 0.999, 1e-7);
  if (name === 'rmsprop') return train.rmsprop(learningRate, 0.9, 0, 1e-7);
  return train.sgd(learningRate);
}
