/** What is to be said of a competitor beside its figures, or in their place. */
import {texts} from '../texts';
import type {Phase, Standing} from './types';

/** The feature level, and the threads where the title does not tell them. */
export function noteOnBackend({info, threads: wanted, results}: Standing, phase: Phase): string {
  const result = results[phase];
  const threads = result?.kind === 'measured' ? result.threads : undefined;
  const {race} = texts;
  const notes = [
    info?.featureLevel,
    info?.inSoftware && race.inSoftware,
    threads !== undefined && threads !== wanted && (wanted === undefined ? race.ofThreads : race.inUse)(threads),
  ];
  return notes.filter(Boolean).join(', ');
}

/** In place of figures. */
export function noteOn({state, reason, results}: Standing, phase: Phase): string {
  const result = results[phase];
  const {race} = texts;
  if (result?.kind === 'running') return race.warmingUp;
  if (result?.kind === 'cannot') return race.cannot[phase](result.reason);
  if (result?.kind === 'skipped') return race.skipped;
  if (result?.kind === 'too-slow') return race.tooSlow(result.seconds, result.imagesPerSecondBelow);
  return state === 'unavailable' ? (reason ?? '') : race.states[state];
}
