/** What the page is doing, and what the network is, in a sentence. */
import {computed} from '@preact/signals';
import {texts} from '../texts';
import {activity, experience} from './store';
import {end, evaluation, progress, tested} from './training-run';

/** Seconds below which nobody needs to know how long it takes. */
const SOON = 5;
const {state} = texts;

export const stateSentence = computed(() => {
  const now = progress.value;
  const where = now && state.where(now.epoch, now.epochs, now.stage);
  switch (activity.value) {
    case 'starting':
      return state.starting;
    case 'training':
      return where ? state.training(where, timeLeft(now.secondsLeft)) : state.preparing;
    case 'compiling':
      return state.compiling;
    case 'paused':
      return state.paused(where);
    case 'testing':
      return state.testing(tested.value?.total ?? 0);
    default:
      return whatItIs();
  }
});

/** Rounded as people say it: it is an estimate. */
function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < SOON) return '';
  if (seconds < 90) return state.secondsLeft(5 * Math.ceil(seconds / 5));
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? state.minutesLeft(minutes) : state.hoursLeft(Math.round(minutes / 6) / 10);
}

function whatItIs(): string {
  const {epochs, accuracy} = experience.value;
  const {status, stoppedEarly} = end.value ?? {};
  if (status === 'diverged') return state.diverged;
  const right = accuracy === undefined || !evaluation.value ? undefined : state.right(accuracy, evaluation.value.total);
  if (status === 'stopped') return joined(state.stopped, right);
  if (status === 'finished') return joined(stoppedEarly && state.early, right ?? state.trained);
  if (epochs === 0) return right ? joined(state.guesses, right) : state.untrained;
  if (right) return right;
  return accuracy === undefined ? state.unknown : state.testedBefore(accuracy);
}

function joined(...sentences: (string | false | undefined)[]): string {
  return sentences.filter(Boolean).join(' ');
}
