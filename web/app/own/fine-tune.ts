/** The network in use learns the visitor's hand. */
import {effect, signal} from '@preact/signals';
import {proxy} from 'comlink';
import type {TrainProgress} from '../../lab/types';
import type {OwnDigit} from '../../own/digits';
import {texts} from '../../texts';
import {lab} from '../lab';
import {activity, announcement, during, experience, model, modelVersion, problem} from '../store';
import {end, progress, test} from '../training-run';
import {own} from './digits';

/** How much is read right; of own digits how many. */
interface Right {
  own: number;
  data: number;
}

export interface Outcome {
  held: number;
  before: Right;
  after: Right;
  /** Own digits that are read wrong afterwards, whether they were held back or not. */
  misread: {digit: OwnDigit; predicted: number}[];
}

/** Of the last time. */
export const outcome = signal<Outcome | undefined>(undefined);

/** Forgets it with another network, and where this one goes on otherwise. */
export function followOutcome(): void {
  let of = model.peek();
  effect(() => {
    if (model.value === of && !(end.value === undefined && activity.value === 'training')) return;
    of = model.value;
    outcome.value = undefined;
  });
}

export function fineTune(): Promise<void> {
  return during('training', async () => {
    const digits = own.peek();
    outcome.value = undefined;
    const before = await rightNow(digits);
    activity.value = 'training';
    const shown = progress.peek();
    const observer = {
      onProgress(now: TrainProgress) {
        progress.value = now;
      },
      onCheck() {},
    };
    const tuned = await lab.fineTune([...digits], model.peek()?.training.learningRate ?? 0.001, proxy(observer));
    // The curves are of the trainings on the data set.
    progress.value = shown;
    problem.value = tuned.notKept;
    experience.value = {epochs: tuned.epochs, accuracy: undefined};
    modelVersion.value++;
    if (tuned.status === 'diverged') throw new Error(texts.own.diverged);
    const after = await rightNow(digits);
    outcome.value = {
      held: digits.filter(({held}) => held).length,
      before: before.right,
      after: after.right,
      misread: digits.flatMap((digit, i) => (after.read[i] === digit.label ? [] : [{digit, predicted: after.read[i]}])),
    };
    announcement.value = texts.own.outcome(before.right.own, after.right.own, outcome.value.held);
  });
}

/** The network as it is now, on what was held back and on the data set's test. */
async function rightNow(digits: readonly OwnDigit[]): Promise<{right: Right; read: number[]}> {
  if (experience.peek().accuracy === undefined) await test();
  const read = (await lab.own.read([...digits])) ?? [];
  const right = digits.filter(({held, label}, i) => held && read[i] === label).length;
  return {right: {own: right, data: experience.peek().accuracy ?? Number.NaN}, read};
}
