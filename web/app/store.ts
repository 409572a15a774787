/** The page's state: what several sections show. What only one shows is its own. */
import {computed, signal} from '@preact/signals';
import type {BackendInfo, DataInfo, ModelChoice} from '../lab/types';

/** What the worker is busy with: one thing at a time. */
export type Activity = 'starting' | 'idle' | 'loading' | 'training' | 'paused' | 'testing' | 'racing';

export const activity = signal<Activity>('starting');
export const busy = computed(() => activity.value !== 'idle');
export const backend = signal<BackendInfo | undefined>(undefined);
export const data = signal<DataInfo | undefined>(undefined);
export const choice = signal<ModelChoice>({recipe: 'lenet', model: 'lenet'});
/** Counts what changes the model's weights: those who show something of the model follow it. */
export const modelVersion = signal(0);
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
    problem.value = error instanceof Error ? error.message : String(error);
  } finally {
    activity.value = 'idle';
  }
}
