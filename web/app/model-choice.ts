import type {ModelChoice} from '../lab/types';
import {lab} from './lab';
import {choice, during, experience, model, modelVersion} from './store';
import {clearTraining} from './training-run';

/** Puts an untrained model in place of the one that is there. */
export function chooseModel(wanted: ModelChoice): Promise<void> {
  return during('loading', () => takeModel(wanted));
}

/** The same as part of another activity. */
export async function takeModel(wanted: ModelChoice): Promise<void> {
  model.value = await lab.useModel(wanted);
  choice.value = wanted;
  experience.value = {epochs: 0, accuracy: undefined};
  clearTraining();
  modelVersion.value++;
}
