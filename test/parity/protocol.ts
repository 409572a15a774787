import type {Outcome, Pair} from './pair';
import type {RandomOutcome, RandomRequest} from './random';

/**
 * Cases run in a process of their own (worker.ts), which may hang or die. Another one (runner.ts) asks for them one at
 * a time, and starts a new worker where that has happened.
 */
export interface Setup extends Pair {
  /** Packages, or paths of modules, that register a backend. */
  imports: readonly string[];
}

/** A case is named by its index in the table, which both processes have. */
export type Request = {type: 'case'; index: number} | ({type: 'random'} & RandomRequest);

export type Reply =
  /** The first: both backends have started. */
  | {type: 'ready'; featureLevel?: string}
  /** The backends cannot be started, or the case cannot be made. */
  | {type: 'error'; message: string}
  /** A backend is about to run a case, from which it may not come back. */
  | {type: 'running'; backend: string; path?: string}
  | {type: 'case'; outcome: Outcome}
  | {type: 'random'; outcome: RandomOutcome};
