/** One seed out of several whole numbers, so that any two lists of them give seeds that look unrelated. */
export function combinedSeed(...parts: number[]): number {
  return parts.reduce((seed, part) => mix((Math.imul(seed, 0x9e3779b1) + part + 0x6d2b79f5) >>> 0), 0);
}

/** The mixer of mulberry32. */
function mix(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
