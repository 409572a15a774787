import {argMax} from '../../../common/statistics';

/** What a network reads over the range of a change. */
export interface Reading {
  digit: number;
  probability: number;
}

/** Neighbours that are read as the same digit; positions in the readings, both ends included. */
export interface Run {
  digit: number;
  first: number;
  last: number;
}

const DIGITS = 10;

/** @param probabilities [readings, 10]. */
export function readingsOf(probabilities: Float32Array): Reading[] {
  return Array.from({length: probabilities.length / DIGITS}, (_, i) => {
    const row = probabilities.subarray(i * DIGITS, (i + 1) * DIGITS);
    const digit = argMax(row);
    return {digit, probability: row[digit]};
  });
}

export function runsOf(readings: readonly Reading[]): Run[] {
  const runs: Run[] = [];
  readings.forEach(({digit}, i) => {
    const run = runs.at(-1);
    if (run?.digit === digit) run.last = i;
    else runs.push({digit, first: i, last: i});
  });
  return runs;
}
