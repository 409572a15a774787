import {followRuns} from './compare/runs';
import {followSecond} from './compare/second';
import {loadFirstData} from './data-choice';
import {followKept} from './kept';
import {lab} from './lab';
import {takeModel} from './model-choice';
import {followLinks, takeLinked} from './network/address';
import {followOwn} from './own/digits';
import {followOutcome} from './own/fine-tune';
import {backend, choice, during, recipes, tell} from './store';
import {followThreads} from './threads';
import {followTour} from './tour/progress';
import {followModel} from './view';

/** Starts the worker: a backend, a model, the data. */
export async function start(): Promise<void> {
  followModel();
  followThreads();
  followKept();
  followTour();
  followLinks();
  followRuns();
  followSecond();
  followOwn();
  followOutcome();
  await during('starting', async () => {
    backend.value = await lab.useBackend('mnist-wasm').catch((error) => {
      tell(error);
      // Everything works in a browser without SIMD, if slowly.
      return lab.useBackend('cpu');
    });
    recipes.value = await lab.recipes();
    if (!(await takeLinked()) && choice.value) await takeModel(choice.value);
    await loadFirstData();
  });
}
