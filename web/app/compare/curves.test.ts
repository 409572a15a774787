import {expect, test} from 'vitest';
import type {KeptRun, RunPoint} from '../../lab/compare/types';
import {endOf, lookOf, pointsOf} from './curves';
import {differences} from './differences';

const run = (id: number, more: Partial<KeptRun> = {}): KeptRun => ({
  id,
  title: 'LeNet-5',
  choice: {recipe: 'lenet', model: 'lenet'},
  network: undefined,
  optimizer: 'adam',
  learningRate: 0.001,
  batchSize: 128,
  wantedEpochs: 3,
  before: 0,
  epochs: 3,
  stopped: false,
  source: 'cache',
  images: 60_000,
  backend: 'mnist-wasm',
  threads: 1,
  seconds: 12,
  parameters: 61_706,
  accuracy: 0.99,
  curve: [],
  hasWeights: true,
  ...more,
});

test('a run keeps its look as others come, and no two of twelve are alike', () => {
  const runs = Array.from({length: 12}, (_, i) => run(i + 1));
  const looks = runs.map(({id}) => lookOf(runs, id));
  expect(new Set(looks.map(({colour, dash}) => `${colour} ${dash}`)).size).toBe(12);
  expect(lookOf([...runs, run(13)], 5)).toEqual(looks[4]);
});

test('curves go over epochs or seconds', () => {
  const curve: RunPoint[] = [
    [0.5, 3, 1.25, 0.5],
    [1.5, 9, 0.25, 0.75],
  ];
  expect(pointsOf(curve, 'accuracy', 'epochs')).toEqual([
    [0.5, 0.5],
    [1.5, 0.75],
  ]);
  expect(pointsOf(curve, 'loss', 'seconds')).toEqual([
    [3, 1.25],
    [9, 0.25],
  ]);
  const of = (axis: 'epochs' | 'seconds') => endOf([{points: pointsOf(curve, 'loss', axis), colour: ''}], axis);
  expect([of('epochs'), of('seconds'), endOf([], 'epochs')]).toEqual([2, 9, 1]);
});

test('the settings that are told are those that differ', () => {
  expect(differences([run(1)])).toEqual([
    'adam, learning rate 0.001, batches of 128, 3 epochs, 60,000 images of MNIST, mnist-wasm, one thread',
  ]);
  expect(differences([run(1), run(2, {batchSize: 32, epochs: 4.5, before: 3, stopped: true})])).toEqual([
    'batches of 128, 3 epochs',
    'batches of 32, 1.5 epochs after 3 epochs, stopped',
  ]);
});
