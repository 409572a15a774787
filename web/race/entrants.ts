/** Who takes part in a race, and what they are called. */
import type {BackendName} from '../lab/types';
import {texts} from '../texts';
import type {Entrant} from './types';

/** The backends in their order; mnist-wasm on one thread and, where it can have more, on all of them. */
export function entrantsOf(backends: readonly BackendName[], threads: number): Entrant[] {
  const counts = threads > 1 ? [1, threads] : [1];
  return backends.flatMap((backend): Entrant[] =>
    backend === 'mnist-wasm' ? counts.map((count) => ({backend, threads: count})) : [{backend}],
  );
}

/** In a sentence: mnist-wasm on 2 threads. */
export function nameOf({backend, threads}: Entrant): string {
  return texts.race.name(backend, threads);
}

/** In a list: mnist-wasm, 2 threads. */
export function titleOf({backend, threads}: Entrant): string {
  return texts.race.shortName(backend, threads);
}
