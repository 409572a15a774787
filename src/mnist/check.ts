import {misfit} from '../shared/given.js';

/** Refuses a count or a seed that is not an integer from low to high. */
export function checkInteger(name: string, value: unknown, low: number, high: number): void {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(misfit(name, `an integer from ${low} to ${high}`, value));
  }
}
