/** Where the guided tour is: it goes on by itself as the visitor does what it says. */
import {computed, effect, signal} from '@preact/signals';
import {texts} from '../../texts';
import {drawing, experience} from '../store';
import {end, progress} from '../training-run';

type Step = keyof typeof texts.tour.steps;

const STEPS = Object.keys(texts.tour.steps) as Step[];
/** The section that a step is about. */
const SECTIONS: Record<Step, string> = {
  draw: 'draw',
  guess: 'draw',
  watch: 'training',
  inside: 'inside',
  mistakes: 'mistakes',
  change: 'model',
};
/** In the browser's storage, where the tour was ended. */
const ENDED = 'tour-ended';

/** Of STEPS; undefined where the tour is not shown. */
const position = signal<number | undefined>(wasEnded() ? undefined : 0);

export const tourStep = computed(() => {
  if (position.value === undefined) return undefined;
  const step = STEPS[position.value];
  return {number: position.value + 1, of: STEPS.length, section: SECTIONS[step], ...texts.tour.steps[step]};
});

/** What brings a step to its end; the others are left by the button. */
const isDone: Partial<Record<Step, () => boolean>> = {
  draw: () => drawing.value !== undefined,
  guess: () => progress.value !== undefined || experience.value.epochs !== 0,
  watch: () => end.value !== undefined,
};

export function nextTourStep(): void {
  if (position.value === undefined) return;
  if (position.value + 1 < STEPS.length) position.value++;
  else endTour();
}

export function endTour(): void {
  position.value = undefined;
  // A browser that keeps nothing shows it again.
  remember(() => localStorage.setItem(ENDED, 'yes'));
}

export function startTour(): void {
  position.value = 0;
  remember(() => localStorage.removeItem(ENDED));
}

/** Begins to follow what the visitor does. */
export function followTour(): void {
  effect(() => {
    const now = position.value;
    if (now !== undefined && isDone[STEPS[now]]?.()) nextTourStep();
  });
}

function wasEnded(): boolean {
  return remember(() => localStorage.getItem(ENDED) !== null) ?? false;
}

/** Undefined where the browser's storage is closed to the page. */
function remember<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
