import {batch} from '@preact/signals';
import type {ModelChoice, ModelInfo} from '../lab/types';
import type {NetworkSpec} from '../network/spec';
import {texts} from '../texts';
import {lab} from './lab';
import {announcement, choice, during, type Experience, experience, model, modelVersion, network} from './store';
import {clearTraining} from './training-run';

/** What a model is: of a recipe, put together here, or neither. */
interface Origin {
  choice?: ModelChoice;
  network?: NetworkSpec;
}

const UNTRAINED: Experience = {epochs: 0, accuracy: undefined};

/** Puts an untrained model in place of the one that is there. */
export function chooseModel(wanted: ModelChoice): Promise<void> {
  return during('loading', () => takeModel(wanted));
}

/** The same with a network that was put together here. */
export function chooseNetwork(wanted: NetworkSpec): Promise<void> {
  return during('loading', async () => {
    await takeNetwork(wanted);
    announcement.value = texts.network.built(wanted.name, model.value?.parameters ?? 0);
  });
}

/** The same as part of another activity. */
export async function takeModel(wanted: ModelChoice): Promise<void> {
  showModel(await lab.useModel(wanted), {choice: wanted, ...UNTRAINED});
}

/** The same with a network that was put together here. */
export async function takeNetwork(wanted: NetworkSpec): Promise<void> {
  showModel(await lab.useNetwork(wanted), {network: wanted, ...UNTRAINED});
}

/** The page goes on with a model that the worker has. */
export function showModel(info: ModelInfo, {epochs, accuracy, ...origin}: Origin & Partial<Experience>): void {
  batch(() => {
    choice.value = origin.choice;
    network.value = origin.network;
    model.value = info;
    experience.value = {epochs, accuracy};
    clearTraining();
    modelVersion.value++;
  });
}
