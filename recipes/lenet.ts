import {lenet} from './models/lenet';
import type {Recipe} from './recipe';

/**
 * With Adam at a constant 0.001 the accuracy after ten epochs on MNIST is 98.7 to 99.1 %, depending on the seed; with a
 * step size that falls from 0.003 to 0 it is 99.1 to 99.2 %.
 */
export const lenetRecipe: Recipe = {
  name: 'lenet',
  title: 'LeNet-5',
  summary: 'two convolutions and three dense layers',
  models: [{name: 'lenet', title: 'LeNet-5', published: [0.99], build: lenet}],
  stages: [{title: 'training', epochs: 10, batchSize: 120}],
  optimizer: {name: 'adam', learningRate: 0.003, decays: true},
  loss: 'categoricalCrossentropy',
  validation: {on: 'last', fraction: 0.1},
  earlyStopping: {monitor: 'val_accuracy', patience: 5},
};
