/** When what need not be there at first may come. */
import {effect} from '@preact/signals';
import {activity} from '../store';

/** Milliseconds that a busy page may keep others waiting. */
const LONGEST_WAIT = 1000;

/** Resolves once a training can begin. */
export function pageIsReady(): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (activity.value === 'starting') return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** Resolves when nothing else is to be done; Safari has no idle callbacks. */
export function atRest(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), {timeout: LONGEST_WAIT});
    else setTimeout(resolve, 50);
  });
}
