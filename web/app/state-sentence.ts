/** What the page is doing, and what the network is, in a sentence. */
import {computed} from '@preact/signals';
import {count, percent} from '../../common/format';
import {activity, experience} from './store';
import {end, evaluation, progress, tested} from './training-run';

/** Seconds below which nobody needs to know how long it takes. */
const SOON = 5;

export const stateSentence = computed(() => {
  const now = progress.value;
  const where = now && `epoch ${now.epoch} of ${now.epochs}${now.stage && `, ${now.stage}`}`;
  switch (activity.value) {
    case 'starting':
      return 'Starting …';
    case 'training':
      return where ? `Training: ${where}. ${timeLeft(now.secondsLeft)}` : 'Preparing the images …';
    case 'paused':
      return `Paused in ${where ?? 'the first epoch'}.`;
    case 'testing':
      return `Testing on ${count(tested.value?.total ?? 0)} images that it has never seen …`;
    default:
      return whatItIs();
  }
});

/** Rounded as people say it: it is an estimate. */
function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < SOON) return '';
  if (seconds < 90) return `About ${5 * Math.ceil(seconds / 5)} seconds left.`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `About ${minutes} minutes left.`;
  const hours = Math.round(minutes / 6) / 10;
  return `About ${hours} hours left: choose fewer epochs or a smaller network, or let it run.`;
}

function whatItIs(): string {
  const {epochs, accuracy} = experience.value;
  const {status, stoppedEarly} = end.value ?? {};
  if (status === 'diverged') {
    return 'Training ran away: the loss was no longer a number. The last good weights are back; try a smaller learning rate.';
  }
  const right = accuracy !== undefined && evaluation.value && rightOf(accuracy, evaluation.value.total);
  if (status === 'stopped') return `Stopped; the network stays as it is now.${right ? ` ${right}` : ''}`;
  if (status === 'finished') {
    const early = stoppedEarly ? 'It no longer became better: training ended early, with the best weights. ' : '';
    return `${early}${right || 'Trained.'}`;
  }
  if (epochs === 0) {
    return right
      ? `Not trained yet, it guesses. ${right}`
      : 'Not trained yet: it guesses. Press Train and watch it learn.';
  }
  if (right) return right;
  if (accuracy !== undefined)
    return `A trained network: ${percent(accuracy)} of the test images were right when it was tested.`;
  return 'A network from outside: what it has learned is not known here. Test it to see.';
}

function rightOf(accuracy: number, total: number): string {
  return `It reads ${percent(accuracy)} of ${count(total)} test images right.`;
}
