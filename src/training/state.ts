import {checkInteger} from '../mnist/check.js';
import {assertGiven, isPlain, misfit} from '../shared/given.js';

/** The best so far, as JSON can hold it. */
export interface BestState {
  /** The best value so far; null before the first. */
  best: number | null;
  /** The epoch that it is of, counted from 0. */
  bestEpoch: number;
}

/** JSON has no infinity, which a callback begins with. */
export function toJson(best: number): number | null {
  return Number.isFinite(best) ? best : null;
}

/** @throws RangeError where it is no state: nothing is set then. */
export function checkBest(state: BestState): void {
  assertGiven(isPlain(state), 'setState', 'what getState gave', state);
  const {best, bestEpoch} = state;
  if (best !== null && !Number.isFinite(best)) {
    throw new RangeError(misfit('best', 'a number or null', best));
  }
  checkInteger('bestEpoch', bestEpoch, 0, Number.MAX_SAFE_INTEGER);
}
