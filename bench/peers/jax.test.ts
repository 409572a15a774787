import {setBackend} from '@tensorflow/tfjs-core';
import {expect, test} from 'vitest';
import 'mnist-wasm';
import {findModel} from '../models';
import {planOf} from '../models/plan';
import {findPackage} from './installed';
import {type JaxArray, startJax} from './jax-api';
import {canRun, createParameters, draw} from './jax-model';
import {crossEntropyStep} from './jax-step';

async function planOfModel(name: string) {
  await setBackend('mnist-wasm');
  const model = findModel(name).create();
  const plan = planOf(model);
  model.dispose();
  return plan;
}

test('what jax-js is not told how to run', async () => {
  expect(canRun(await planOfModel('lenet'), 'training step')).toBe(true);
  expect(canRun(await planOfModel('batch-norm-cnn'), 'inference')).toBe(false);
});

const isInstalled = 'version' in findPackage('@jax-js/jax');
test.skipIf(!isInstalled).each([
  ['lenet', 'adam'],
  ['mlp-plain', 'adam'],
  ['mlp-plain', 'rmsprop'],
  ['mlp-plain', 'sgd'],
] as const)('%s learns a batch by heart on jax-js, by %s', async (name, optimizer) => {
  const jax = await startJax();
  const plan = await planOfModel(name);
  const shape = name === 'mlp-plain' ? [4, 784] : [4, 1, 28, 28];
  const images = draw(jax.numpy, shape);
  const step = crossEntropyStep(jax, plan, createParameters(jax, plan), images, 4, optimizer);
  const lossOf = async (loss: JaxArray) => (await loss.data())[0];
  const first = await lossOf(step());
  for (let i = 0; i < 60; i++) await lossOf(step());
  // At this rate sgd takes longer.
  expect(await lossOf(step())).toBeLessThan(optimizer === 'sgd' ? first : first / 2);
});
