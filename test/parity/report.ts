import {type MeasuredError, worstOf} from '../cases/compare';
import type {Outcome, Status} from './pair';
import type {RandomOutcome} from './random';

export interface CaseResult extends Outcome {
  name: string;
  /** Why tfjs-backend-wasm gives something else here, where the case says so. */
  known?: string;
}

/** What became of the cases of one kernel. */
export interface KernelReport {
  kernel: string;
  cases: readonly CaseResult[];
  random?: RandomOutcome & {reproduction?: string};
}

/** How many cases there are of each kind, random ones too. */
export interface Counts {
  /** What both backends have run, or one of them has trapped in. */
  run: number;
  random: number;
  unsupported: number;
  trapped: number;
  /** Beyond what is allowed. */
  failed: number;
  /** Of those that failed or trapped. */
  known: number;
}

export function isBad({status}: CaseResult): boolean {
  return status === 'differs' || status === 'trapped';
}

export function countCases({cases, random}: KernelReport): Counts {
  const count = (status: Status) => cases.filter((c) => c.status === status).length;
  const failedRandom = (status: Status) => Number(random?.failure?.status === status);
  const unsupported = count('unsupported');
  const {runs = 0, unsupported: unsupportedRandom = 0} = random ?? {};
  return {
    run: cases.length - unsupported,
    random: runs - unsupportedRandom,
    unsupported: unsupported + unsupportedRandom,
    trapped: count('trapped') + failedRandom('trapped'),
    failed: count('differs') + failedRandom('differs'),
    known: cases.filter((c) => isBad(c) && c.known !== undefined).length,
  };
}

export function addCounts(all: readonly Counts[]): Counts {
  const total: Counts = {run: 0, random: 0, unsupported: 0, trapped: 0, failed: 0, known: 0};
  for (const counts of all) {
    for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += counts[key];
  }
  return total;
}

/** Of all cases of the kernel that could be compared; undefined where there is none. */
export function worstError({cases, random}: KernelReport): MeasuredError | undefined {
  return worstOf([...cases, random ?? {}].flatMap(({worst}: {worst?: MeasuredError}) => worst ?? []));
}
