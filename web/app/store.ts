/** The page's state: what several sections show. What only one shows is its own. */

import {computed, signal} from '@preact/signals';
import {messageOf} from '../../common/errors';
import {type Changes, changed, isWhole, WHOLE} from '../break/changes';
import type {BackendInfo, DataInfo, Digit, ModelChoice, ModelInfo, RecipeInfo} from '../lab/types';
import type {NetworkSpec} from '../network/spec';

/** What the worker is busy with: one thing at a time. */
export type Activity = 'starting' | 'idle' | 'loading' | 'training' | 'paused' | 'testing' | 'compiling' | 'racing';

export const activity = signal<Activity>('starting');
export const busy = computed(() => activity.value !== 'idle');
export const recipes = signal<RecipeInfo[]>([]);
export const backend = signal<BackendInfo | undefined>(undefined);
export const data = signal<DataInfo | undefined>(undefined);
/** Undefined for a model of no recipe. */
export const choice = signal<ModelChoice | undefined>({recipe: 'lenet', model: 'lenet'});
/** Of a model that was put together here. */
export const network = signal<NetworkSpec | undefined>(undefined);
export const model = signal<ModelInfo | undefined>(undefined);
/** Counts what changes the model's weights: who shows something of the model follows it. */
export const modelVersion = signal(0);
/** Counts the pads: a new one is empty. */
export const pad = signal(0);
/** What is drawn on the pad, [784]. */
export const drawing = signal<Uint8Array | undefined>(undefined);
/** An image that is shown in place of the drawing. */
export const sample = signal<Digit | undefined>(undefined);
/** The digit before it is broken, [784]. */
export const wholeDigit = computed(() => sample.value?.pixels ?? drawing.value);
/** How the digit is broken. */
export const changes = signal<Changes>(WHOLE);
export const noiseSeed = signal(1);
export const isBroken = computed(() => !isWhole(changes.value));
/** The digit that the network is shown, [784]. */
export const shown = computed(() =>
  wholeDigit.value && isBroken.value ? changed(wholeDigit.value, changes.value, noiseSeed.value) : wholeDigit.value,
);

/** What the network in use has been through, as far as this page knows. */
export interface Experience {
  /** Passes over the images; 0 for an untrained network, undefined where nobody told. */
  epochs: number | undefined;
  /** On the test images; undefined since the weights changed, or where it was not tested. */
  accuracy: number | undefined;
}

export const experience = signal<Experience>({epochs: 0, accuracy: undefined});
/** What went wrong last, for people. */
export const problem = signal<string | undefined>(undefined);
/** Said by screen readers. */
export const announcement = signal('');

/** Runs what the user asked for: one activity, whose failure is shown and ends it. */
export async function during(kind: Activity, action: () => Promise<void>): Promise<void> {
  activity.value = kind;
  problem.value = undefined;
  try {
    await action();
  } catch (error) {
    tell(error);
  } finally {
    activity.value = 'idle';
  }
}

/** Shows what went wrong. */
export function tell(error: unknown): void {
  problem.value = messageOf(error);
}
