/** What a race's figures say, for people. */
import {count} from '../../common/format';
import {PHASES, type Phase, type Result, type Standing} from './types';

const VERBS: Record<Phase, string> = {inference: 'classifies', training: 'trains'};

/** One sentence for each phase that at least two competitors have figures of: the fastest, compared with every other. */
export function verdicts(standings: readonly Standing[]): string[] {
  return PHASES.flatMap((phase) => verdict(phase, standings) ?? []);
}

function verdict(phase: Phase, standings: readonly Standing[]): string | undefined {
  const measured = standings
    .flatMap(({backend, results}) => {
      const rate = measuredRate(results[phase]);
      return rate === undefined ? [] : [{backend, rate}];
    })
    .sort((a, b) => b.rate - a.rate);
  const [winner, ...others] = measured;
  if (!winner) return undefined;
  const slow = standings.flatMap(({backend, results}) => {
    const result = results[phase];
    return result?.kind === 'too-slow' ? [{backend, below: result.imagesPerSecondBelow}] : [];
  });
  const comparisons = [
    ...others.map(({backend, rate}) => comparison(winner.rate / rate, backend)),
    ...slow.map(({backend, below}) => `more than ${times(winner.rate / below)} as fast as ${backend}`),
  ];
  return comparisons.length > 0 ? `${winner.backend} ${VERBS[phase]} ${enumerated(comparisons)}.` : undefined;
}

function comparison(ratio: number, other: string): string {
  return ratio < 1.05 ? `about as fast as ${other}` : `${times(ratio)} as fast as ${other}`;
}

/** 1.4 times, 12 times, 1,200 times. */
export function times(ratio: number): string {
  return `${shortNumber(ratio)} times`;
}

/** A positive number to two figures or to its units: 0.052, 3.1, 47, 12,345. */
export function shortNumber(value: number): string {
  return value < 9.95 ? String(Number(value.toPrecision(2))) : count(value);
}

/** A small number to one figure, without an exponent: 0.00000003. */
export function plainNumber(value: number): string {
  return Number.isFinite(value) ? value.toFixed(Math.max(0, -Math.floor(Math.log10(value)))) : 'not a number';
}

export function measuredRate(result: Result | undefined): number | undefined {
  return result?.kind === 'measured' ? result.imagesPerSecond : undefined;
}

function enumerated(parts: string[]): string {
  return parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
