import {lab} from './lab';
import {chooseModel} from './model-choice';
import {backend, choice, during, recipes} from './store';
import {followModel} from './view';

/** Starts the worker: a backend, the data, a model. */
export async function start(): Promise<void> {
  followModel();
  await during('starting', async () => {
    backend.value = await lab.useBackend('mnist-wasm');
    recipes.value = await lab.recipes();
  });
  if (choice.value) await chooseModel(choice.value);
}
