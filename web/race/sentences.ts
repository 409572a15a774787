/** What a race's figures say, for people. */
import {texts} from '../texts';
import {nameOf} from './entrants';
import {PHASES, type Phase, type Result, type Standing} from './types';

/**
 * A text for each phase that at least two competitors have figures of: the fastest, compared with every other. The others
 * have one thread at most, so mnist-wasm on several is compared with itself alone.
 */
export function verdicts(standings: readonly Standing[]): string[] {
  const severalThreads = standings.find(({threads = 1}) => threads > 1);
  const others = standings.filter((standing) => standing !== severalThreads);
  const sentences = PHASES.map((phase) =>
    [verdict(phase, others), severalThreads && verdictOnThreads(phase, severalThreads, others)]
      .filter(Boolean)
      .join(' '),
  );
  return sentences.filter((sentence) => sentence !== '');
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
    ...others.map(({name, rate}) => texts.race.asFastAs(winner.rate / rate, name)),
    ...slow.map(({name, below}) => texts.race.fasterThan(winner.rate / below, name)),
  ];
  return comparisons.length > 0 ? texts.race.fastest(winner.name, phase, comparisons) : undefined;
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
  return texts.race.onThreads(threads, backend, phase, several.imagesPerSecond / one);
}

export function measuredRate(result: Result | undefined): number | undefined {
  return result?.kind === 'measured' ? result.imagesPerSecond : undefined;
}
