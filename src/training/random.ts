import {checkInteger} from '../mnist/check.js';
import {assertGiven} from '../shared/given.js';

/** What an int32 counts. */
const MAX_SIZE = 2 ** 31 - 1;

/** A random permutation of 0 .. size - 1 (Fisher-Yates). */
export function permutation(size: number, random: () => number): Int32Array {
  checkInteger('size', size, 0, MAX_SIZE);
  assertGiven(typeof random === 'function', 'random', 'a function that gives numbers in [0, 1)', random);
  const order = Int32Array.from({length: size}, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Seeded numbers in [0, 1): a Weyl sequence through a 32-bit mixer (mulberry32). */
export function seededRandom(seed: number): () => number {
  assertGiven(Number.isFinite(seed), 'seed', 'a number', seed);
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed for where none is given. */
export function newSeed(random: () => number = Math.random): number {
  return Math.floor(random() * 2 ** 32);
}
