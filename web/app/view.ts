/** What the network makes of the digit that it is shown, as the digit changes and as the network learns. */
import {effect, signal} from '@preact/signals';
import {argMax} from '../../common/statistics';
import {texts} from '../texts';
import {lab} from './lab';
import {latestOnly} from './latest-only';
import {announcement, model, modelVersion, shown, tell} from './store';

/** Milliseconds after the last change: then a screen reader says the answer. */
const SETTLED = 900;

/** [10]; undefined where no digit is shown. */
export const probabilities = signal<number[] | undefined>(undefined);
const classify = latestOnly(async (pixels: Uint8Array) => {
  const answer = await lab.classify(pixels).catch(tell);
  // The pad may have been cleared meanwhile.
  probabilities.value = shown.value && (answer ?? undefined);
});

/** Begins to follow the digit and the model. */
export function followModel(): void {
  effect(() => {
    modelVersion.value;
    if (!model.value) return;
    if (shown.value) classify(shown.value);
    else probabilities.value = undefined;
  });
  effect(() => {
    if (!probabilities.value) return;
    const digit = argMax(probabilities.value);
    const sentence = texts.draw.readsWith(digit, probabilities.value[digit]);
    const timer = setTimeout(() => {
      announcement.value = sentence;
    }, SETTLED);
    return () => clearTimeout(timer);
  });
}
