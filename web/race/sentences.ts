/** What a race's figures say, for people. */
import {count, threadsInWords} from '../../common/format';
import {nameOf} from './entrants';
import {PHASES, type Phase, type Result, type Standing} from './types';

const VERBS: Record<Phase, string> = {inference: 'classifies', training: 'trains'};

/**
 * A text for each phase that at least two competitors have figures of: the fastest, compared with every other. The others
 * have one thread at most, so mnist-wasm on several is compared with itself alone.
 */
export function verdicts(standings: readonly Standing[]): string[] {
  const severalThreads = standings.find(({threads = 1}) => threads > 1);
  const others = standings.filter((standing) => standing !== severalThreads);
  const texts = PHASES.map((phase) =>
    [verdict(phase, others), severalThreads && verdictOnThreads(phase, severalThreads, others)]
      .filter(Boolean)
      .join(' '),
  );
  return texts.filter((text) => text !== '');
}

function verdict(phase: Phase, standings: readonly Standing[]): string | undefined {
  const measured = standings
    .flatMap((standing) => {
      const rate = measuredRate(standing.results[phase]);
      return rate === undefined ? [] : [{name: nameOf(standing), rate}];
    })
    .sort((a, b) => b.rate - a.rate);
  const [winner, ...others] = measured;
  if (!winner) return undefined;
  const slow = standings.flatMap((standing) => {
    const result = standing.results[phase];
    return result?.kind === 'too-slow' ? [{name: nameOf(standing), below: result.imagesPerSecondBelow}] : [];
  });
  const comparisons = [
    ...others.map(({name, rate}) => comparison(winner.rate / rate, name)),
    ...slow.map(({name, below}) => `more than ${times(winner.rate / below)} as fast as ${name}`),
  ];
  return comparisons.length > 0 ? `${winner.name} ${VERBS[phase]} ${enumerated(comparisons)}.` : undefined;
}

/** Nothing where not all of the threads were there. */
function verdictOnThreads(
  phase: Phase,
  {backend, threads, results}: Standing,
  others: readonly Standing[],
): string | undefined {
  const several = results[phase];
  const one = measuredRate(others.find((other) => other.backend === backend)?.results[phase]);
  if (several?.kind !== 'measured' || several.threads !== threads || !threads || one === undefined) return undefined;
  const compared = comparison(several.imagesPerSecond / one, 'on one');
  return `On ${threadsInWords(threads)} ${backend} ${VERBS[phase]} ${compared}.`;
}

function comparison(ratio: number, other: string): string {
  return ratio > 0.95 && ratio < 1.05 ? `about as fast as ${other}` : `${times(ratio)} as fast as ${other}`;
}

/** A speed beside another: 1.4 times as fast, 20 times slower. */
export function beside(ratio: number): string {
  if (ratio > 0.95 && ratio < 1.05) return 'as fast';
  return ratio < 1 ? `${times(1 / ratio)} slower` : `${times(ratio)} as fast`;
}

/** 1.4 times, 12 times, 1,200 times. */
function times(ratio: number): string {
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
