/** A second network, beside the one in use: what it reads, and where the two differ. */
import {effect, signal} from '@preact/signals';
import {proxy} from 'comlink';
import type {Comparison, SecondChoice} from '../../lab/compare/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {latestOnly} from '../latest-only';
import {announcement, backend, during, modelVersion, shown, tell} from '../store';
import {tested} from '../training-run';

/** Undefined where there is none. */
export const second = signal<{choice: SecondChoice; title: string} | undefined>(undefined);
/** [10], of the digit that is shown. */
export const secondProbabilities = signal<number[] | undefined>(undefined);
/** Of the two as they are now. */
export const comparison = signal<Comparison | undefined>(undefined);

const classify = latestOnly(async (pixels: Uint8Array) => {
  const answer = await lab.second.classify(pixels).catch(tell);
  secondProbabilities.value = shown.value && second.value && (answer ?? undefined);
});

/** Begins to follow the digit, the network in use and the backend. */
export function followSecond(): void {
  effect(() => {
    if (second.value && shown.value) classify(shown.value);
    else secondProbabilities.value = undefined;
  });
  effect(() => {
    modelVersion.value;
    comparison.value = undefined;
  });
  let on = backend.peek();
  effect(() => {
    if (backend.value === on) return;
    on = backend.value;
    const chosen = second.peek();
    // The worker has dropped it with the backend before.
    if (chosen) take(chosen.choice).catch(tell);
  });
}

export function chooseSecond(choice: SecondChoice | undefined): Promise<void> {
  return during('loading', async () => {
    if (choice) {
      await take(choice);
      announcement.value = texts.compare.isSecond(second.value?.title ?? '');
    } else {
      second.value = undefined;
      await lab.second.drop();
    }
  });
}

async function take(choice: SecondChoice): Promise<void> {
  comparison.value = undefined;
  second.value = undefined;
  second.value = {choice, title: await lab.second.choose(choice)};
}

/** Tests both on the same images. */
export function compareBoth(): Promise<void> {
  return during('testing', async () => {
    try {
      const found = await lab.second.compare(
        proxy((done: number, total: number) => {
          tested.value = {done, total};
        }),
      );
      comparison.value = found;
      if (found) announcement.value = texts.compare.tested(found.counts.first, found.counts.second);
    } finally {
      tested.value = undefined;
    }
  });
}
