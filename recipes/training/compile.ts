import {type Optimizer, train} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {OptimizerSettings, Recipe} from '../recipe';
import {savableAdamax} from './optimizer-state';

/** Compiles for the classification of images, the accuracy among the figures. */
export function compileForClassification(
  model: LayersModel,
  optimizer: Pick<OptimizerSettings, 'name' | 'learningRate'>,
  loss: Recipe['loss'] = 'categoricalCrossentropy',
): void {
  model.compile({optimizer: createOptimizer(optimizer), loss, metrics: ['accuracy']});
}

/** The optimizers, and the step size of each where nobody says another: Keras's, but for the last two, which hardly move by it. */
export const LEARNING_RATES = {
  sgd: 0.01,
  momentum: 0.01,
  adam: 0.001,
  adamax: 0.001,
  rmsprop: 0.001,
  adagrad: 0.01,
  adadelta: 1,
} as const;

/** Of tfjs's momentum, which is Keras's SGD with one. */
const MOMENTUM = 0.9;

/** With Keras's defaults, which are not those of tfjs: an epsilon of 1e-7, RMSprop's rho of 0.9. */
export function createOptimizer({name, learningRate}: Pick<OptimizerSettings, 'name' | 'learningRate'>): Optimizer {
  switch (name) {
    case 'adam':
      return train.adam(learningRate, 0.9, 0.999, 1e-7);
    case 'adamax':
      return savableAdamax(train.adamax(learningRate, 0.9, 0.999, 1e-7));
    case 'rmsprop':
      return train.rmsprop(learningRate, 0.9, 0, 1e-7);
    case 'momentum':
      return train.momentum(learningRate, MOMENTUM);
    case 'adagrad':
      return train.adagrad(learningRate, 0.1);
    case 'adadelta':
      return train.adadelta(learningRate, 0.95, 1e-7);
    case 'sgd':
      return train.sgd(learningRate);
  }
}
