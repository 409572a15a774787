import {seededRandom} from 'mnist-wasm/training';

/** One seed out of several whole numbers, so that any two lists of them give seeds that look unrelated. */
export function combinedSeed(...parts: number[]): number {
  return parts.reduce((seed, part) => seededRandom(Math.imul(seed, 0x9e3779b1) + part)() * 2 ** 32, 0);
}
