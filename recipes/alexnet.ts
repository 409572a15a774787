import {alexnet} from './models/alexnet';
import type {Recipe} from './recipe';

/** The optimizer's settings are ours: a step size small enough for 30 million weights, falling to 0. */
export const alexnetRecipe: Recipe = {
  name: 'alexnet',
  title: 'AlexNet',
  summary: 'five convolutions and three dense layers, 30 million parameters',
  models: [{name: 'alexnet', title: 'AlexNet', published: [0.99], build: alexnet}],
  stages: [{title: 'training', epochs: 10, batchSize: 64}],
  optimizer: {name: 'adam', learningRate: 0.0003, decays: true},
  loss: 'categoricalCrossentropy',
  validation: {on: 'last', fraction: 0.1},
  earlyStopping: {monitor: 'val_accuracy', patience: 3},
};
