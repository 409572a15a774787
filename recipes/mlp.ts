import {mlp} from './models/mlp';
import type {Recipe} from './shared/recipe';

const dropoutRate = 0.45;

export const mlpRecipe: Recipe = {
  name: 'mlp',
  title: 'MLP',
  summary: 'two hidden layers of 256, with or without L2 and dropout',
  models: [
    {name: 'plain', title: 'plain', build: (seed) => mlp(seed)},
    {name: 'l2', title: 'with L2', build: (seed) => mlp(seed, {l2Layers: 1})},
    {name: 'dropout', title: 'with dropout', build: (seed) => mlp(seed, {dropoutRate})},
    {name: 'l2-dropout', title: 'with L2 and dropout', build: (seed) => mlp(seed, {l2Layers: 2, dropoutRate})},
  ],
  stages: [{title: 'training', epochs: 20, batchSize: 128}],
  optimizer: {name: 'adam', learningRate: 0.001, decays: false},
  loss: 'categoricalCrossentropy',
  validation: {on: 'last', fraction: 0.3},
};
