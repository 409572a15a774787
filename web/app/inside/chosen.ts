/** The unit that is looked at, and the pixel of its answer. */
import {computed, signal} from '@preact/signals';
import type {Place, UnitChoice} from '../../lab/inside/types';
import {shown} from '../store';

/** A digit that is nothing: a network can be looked into all the same. */
const BLANK = new Uint8Array(784);

/** The digit that the layers are looked at with. */
export const lookedAt = computed(() => shown.value ?? BLANK);
export const chosen = signal<UnitChoice | undefined>(undefined);
/** Undefined where it is the one with the strongest answer. */
export const place = signal<Place | undefined>(undefined);

/** Looks at a unit; no longer, where it is the one. */
export function choose(layer: number, unit: number): void {
  const again = isChosen(layer, unit);
  place.value = undefined;
  chosen.value = again ? undefined : {layer, unit};
}

export function isChosen(layer: number, unit: number): boolean {
  return chosen.value?.layer === layer && chosen.value.unit === unit;
}

export function forgetChoice(): void {
  place.value = undefined;
  chosen.value = undefined;
}
