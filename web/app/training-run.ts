/** The training under way, or the last one: what its section shows, and what its buttons do. */
import {computed, effect, signal} from '@preact/signals';
import {proxy} from 'comlink';
import type {Check, Evaluation, TrainEnd, TrainProgress, TrainSettings} from '../lab/types';
import {texts} from '../texts';
import {lab} from './lab';
import {activity, announcement, during, experience, model, modelVersion, problem} from './store';

/** Points of a curve that are kept: then every second one is dropped. */
const MOST_POINTS = 400;
/** Milliseconds between two looks at the model while it trains. */
const LOOK_INTERVAL = 500;

/** Epochs that a visitor waits for; the recipes have up to 60. */
const FEW_EPOCHS = 3;
/** Of order, dropout and augmentation. */
const SEED = 1;

/** Of the training that is set up: as the recipe says, until somebody says something else. */
export const settings = signal<TrainSettings>(usualSettings());
effect(() => {
  settings.value = usualSettings();
});
/** The epochs that the curves have room for: those that were seen, and those of the training that is set up. */
export const planned = computed(
  () => Math.ceil(experience.value.epochs ?? 0) + settings.value.epochs * (model.value?.training.stages ?? 1),
);
export const progress = signal<TrainProgress | undefined>(undefined);
export const points = signal<TrainProgress[]>([]);
export const checks = signal<Check[]>([]);
export const end = signal<TrainEnd | undefined>(undefined);
export const evaluation = signal<Evaluation | undefined>(undefined);
/** Images done of a test, and all of them. */
export const tested = signal<{done: number; total: number} | undefined>(undefined);

/** What is done with the network of a training that ended and was tested, before anything else can be. */
export const afterTraining = new Set<(ended: TrainEnd) => Promise<void>>();

/** Forgets what belongs to a model that is no longer there. */
export function clearTraining(): void {
  progress.value = undefined;
  points.value = [];
  checks.value = [];
  end.value = undefined;
  evaluation.value = undefined;
}

function usualSettings(): TrainSettings {
  const {epochs = [FEW_EPOCHS], batchSize = 128, learningRate = 0.001} = model.value?.training ?? {};
  return {epochs: Math.min(FEW_EPOCHS, ...epochs), batchSize, learningRate, seed: SEED};
}

/** Trains the worker's model, then tests it, also where it was stopped. The curves of earlier trainings go on. */
export function train(): Promise<void> {
  return during('training', async () => {
    progress.value = undefined;
    end.value = undefined;
    evaluation.value = undefined;
    experience.value = {...experience.value, accuracy: undefined};
    announcement.value = texts.training.begun;
    let looked = 0;
    const observer = {
      onProgress(now: TrainProgress) {
        progress.value = now;
        points.value = thinned([...points.value, now]);
        if (performance.now() - looked < LOOK_INTERVAL) return;
        looked = performance.now();
        modelVersion.value++;
      },
      onCheck(check: Check) {
        checks.value = thinned([...checks.value, check]);
      },
    };
    end.value = await lab.train(settings.value, proxy(observer));
    problem.value = end.value.notKept;
    experience.value = {epochs: end.value.epochs, accuracy: undefined};
    await test();
    for (const act of afterTraining) await act(end.value);
  });
}

export function pause(): void {
  activity.value = 'paused';
  lab.pause();
}

export function resume(): void {
  activity.value = 'training';
  lab.resume();
}

export function stop(): void {
  lab.stop();
}

/** Tests the model as it is, as an activity of its own. */
export function testModel(): Promise<void> {
  return during('testing', test);
}

/** The same as part of another activity. */
export async function test(): Promise<void> {
  activity.value = 'testing';
  modelVersion.value++;
  try {
    const result = await lab.evaluate(
      proxy((done: number, total: number) => {
        tested.value = {done, total};
      }),
    );
    evaluation.value = result;
    experience.value = {...experience.value, accuracy: result.accuracy};
    announcement.value = texts.training.tested(result.accuracy);
  } finally {
    tested.value = undefined;
  }
}

function thinned<T>(values: T[]): T[] {
  return values.length > MOST_POINTS ? values.filter((_, i) => i % 2 === 1) : values;
}
