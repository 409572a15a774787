import {expect, test} from 'vitest';
import {describeRecipes, describeTraining} from './recipe-info';
import {trainingOf} from './train';

test('tells what of a recipe no network has that is put together on the page', () => {
  const beyond = Object.fromEntries(describeRecipes().map(({name, training}) => [name, training.beyond]));
  expect(beyond).toMatchObject({
    lenet: ['earlyStopping'],
    'batch-norm-cnn': ['stages', 'augmentation'],
    mlp: [],
  });
  const training = {optimizer: 'adam', learningRate: 0.001, schedule: 'linear', batchSize: 128, l2: 0} as const;
  const own = trainingOf(undefined, {name: 'own', layers: [], training});
  expect(describeTraining(own).beyond).toEqual([]);
});
