/** The models in the browser's storage. */
import {effect, signal} from '@preact/signals';
import type {KeptModel} from '../lab/models/types';
import {lab} from './lab';
import {activity, tell} from './store';

/** The latest first. */
export const keptModels = signal<readonly KeptModel[]>([]);

/** Begins to follow them: whatever has just ended may have changed them. */
export function followKept(): void {
  effect(() => {
    if (activity.value !== 'idle') return;
    lab.keptModels().then((kept) => {
      keptModels.value = kept;
    }, tell);
  });
}
