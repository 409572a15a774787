import {stridedCnn} from './models/strided-cnn';
import type {Recipe} from './recipe';

export const stridedCnnRecipe: Recipe = {
  name: 'strided-cnn',
  title: 'Strided batch-norm CNN',
  summary: 'strides in place of pools, batch normalisation, dropout, early stopping',
  models: [{name: 'strided-cnn', title: 'Strided batch-norm CNN', published: [0.9938], build: stridedCnn}],
  stages: [{title: 'training', epochs: 30, batchSize: 32}],
  optimizer: {name: 'rmsprop', learningRate: 0.001, decays: false},
  loss: 'categoricalCrossentropy',
  validation: {on: 'test'},
  earlyStopping: {monitor: 'val_accuracy', patience: 10},
};
