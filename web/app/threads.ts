/** How many threads there can be in this browser, and how many compute. */
import {effect, signal} from '@preact/signals';
import {texts} from '../texts';
import {lab} from './lab';
import {activity, backend, modelVersion} from './store';

/** As many as mnist-wasm takes by itself. */
const MOST_THREADS = 8;

/** Of the backend in use; undefined where a graphics processor computes, or nothing yet. */
export const threads = signal<number | undefined>(undefined);
/** Whether the service worker is there, which isolates the page from the next visit on. */
const isKept = signal(false);

/** How many mnist-wasm can have: they share memory, which an isolated page alone gets. */
export function threadsAtHand(): number {
  return crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, MOST_THREADS) : 1;
}

/** Why mnist-wasm has one thread in this browser; undefined where it can have more. */
export function whyOneThread(): string | undefined {
  if (threadsAtHand() > 1) return undefined;
  if (crossOriginIsolated) return texts.threads.oneCore;
  if (!isSecureContext) return texts.threads.insecure;
  return isKept.value && !navigator.serviceWorker.controller ? texts.threads.nextVisit : texts.threads.notShared;
}

/** Begins to follow how many compute: the first large kernel has others start. */
export function followThreads(): void {
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.ready.then(() => {
      isKept.value = true;
    });
  }
  effect(() => {
    // With each look at the model while it trains, and after whatever was done.
    if (!backend.value || modelVersion.value < 0 || activity.value === 'starting') return;
    lab.threads().then((count) => {
      threads.value = count;
    });
  });
}
