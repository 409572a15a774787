/** The training under way, or the last one: what its section shows, and what its buttons do. */
import {signal} from '@preact/signals';
import {proxy} from 'comlink';
import {percent} from '../../common/format';
import type {Check, Evaluation, TrainEnd, TrainProgress, TrainSettings} from '../lab/types';
import {lab} from './lab';
import {activity, announcement, during, modelVersion, problem} from './store';

/** Points of a curve that are kept: then every second one is dropped. */
const MOST_POINTS = 400;
/** Milliseconds between two looks at the model while it trains. */
const LOOK_INTERVAL = 500;

/** Epochs of the training that is set up. */
export const planned = signal(1);
export const progress = signal<TrainProgress | undefined>(undefined);
export const points = signal<TrainProgress[]>([]);
export const checks = signal<Check[]>([]);
export const end = signal<TrainEnd | undefined>(undefined);
export const evaluation = signal<Evaluation | undefined>(undefined);
/** Images done of a test, and all of them. */
export const tested = signal<{done: number; total: number} | undefined>(undefined);

/** Forgets what belongs to a model that is no longer there. */
export function clearTraining(): void {
  progress.value = undefined;
  points.value = [];
  checks.value = [];
  end.value = undefined;
  evaluation.value = undefined;
}

/** Trains the worker's model, then tests it, also where it was stopped. */
export function train(settings: TrainSettings): Promise<void> {
  return during('training', async () => {
    clearTraining();
    announcement.value = 'Training has begun.';
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
    end.value = await lab.train(settings, proxy(observer));
    problem.value = end.value.notKept;
    await test();
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

async function test(): Promise<void> {
  activity.value = 'testing';
  modelVersion.value++;
  try {
    const result = await lab.evaluate(
      proxy((done: number, total: number) => {
        tested.value = {done, total};
      }),
    );
    evaluation.value = result;
    announcement.value = `Training has ended. ${percent(result.accuracy)} of the test images are read right.`;
  } finally {
    tested.value = undefined;
  }
}

function thinned<T>(values: T[]): T[] {
  return values.length > MOST_POINTS ? values.filter((_, i) => i % 2 === 1) : values;
}
