import {simpleCnn} from './models/simple-cnn';
import type {Recipe} from './recipe';

export const simpleCnnRecipe: Recipe = {
  name: 'simple-cnn',
  title: 'Simple CNN',
  summary: 'one convolution of 32 (model a) or 64 (model b) filters and three dense layers, sgd, early stopping',
  models: [
    {name: 'a', title: 'model A', published: [0.9805], build: (seed) => simpleCnn(seed, 32)},
    {name: 'b', title: 'model B', published: [0.9823], build: (seed) => simpleCnn(seed, 64)},
  ],
  stages: [{title: 'training', epochs: 60, batchSize: 64}],
  optimizer: {name: 'sgd', learningRate: 0.01, decays: false},
  loss: 'sparseCategoricalCrossentropy',
  validation: {on: 'first', count: 6000},
  earlyStopping: {monitor: 'val_loss', patience: 10},
};
