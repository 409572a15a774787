import type {RunRecord} from '../../cli/run/record';
import {classificationMetrics} from '../../recipes/training/metrics';
import {numbered} from './splits';

/** 40 test images; every 9 is taken for a 0, all others are right. */
export const test = numbered(40);
export const {mistakes, ...figures} = classificationMetrics(
  Float32Array.from({length: 400}, (_, i) => {
    const image = Math.floor(i / 10);
    const predicted = (test.labels[image] + Number(image % 10 === 3)) % 10;
    return i % 10 === predicted ? 0.75 : 0.25 / 9;
  }),
  test.labels,
  10,
);

export const record: RunRecord = {
  recipe: 'lenet',
  title: 'LeNet-5',
  date: '2030-01-02T03:04:05.000Z',
  status: 'finished',
  data: {source: 'folder', description: 'MNIST files in /tmp/<b>&"mnist"', train: 54_000, validation: 6_000, test: 40},
  backend: 'mnist-wasm',
  featureLevel: 'relaxed',
  seed: 42,
  optimizer: 'Adam',
  learningRate: 0.001,
  decays: true,
  stages: [{title: 'training', epochs: 3, accuracy: 0.9, loss: 0.3}],
  batchSize: 120,
  epochs: 3,
  model: {
    parameters: 61_706,
    trainable: 61_606,
    layers: [
      {name: 'flatten_1', type: 'Flatten', outputShape: '[batch, 400]', parameters: 0, inputs: ['input_1']},
      {name: 'dense_1', type: 'Dense', outputShape: '[batch, 10]', parameters: 4010, inputs: ['flatten_1']},
    ],
  },
  history: {
    loss: [0.5, 0.2, 0.1],
    accuracy: [0.8, 0.9, 0.95],
    val_loss: [0.3, 0.2, 0.15],
    val_accuracy: [0.9, 0.93, 0.94],
  },
  epochSeconds: [28.5, 27, 27.5],
  bestEpoch: 2,
  stoppedEarly: true,
  resumed: 0,
  partialEpoch: null,
  steps: 1350,
  millisecondsPerStep: 12.34,
  trainingSeconds: 83,
  test: figures,
  samples: [{index: 0, label: 0, probabilities: [0.91, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]}],
  command: 'npx mnist-wasm train lenet --seed 42',
  environment: {cpu: 'A <CPU>', cores: 2, system: 'Linux 6.1, x64'},
  versions: {'mnist-wasm': '0.1.0', tfjs: '4.22.0', node: '20.0.0'},
};
