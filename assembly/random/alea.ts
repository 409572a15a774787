/**
 * The generator alea of the package seedrandom, by which tfjs draws: multiply-with-carry (Marsaglia), all in integers. Of the
 * words s0, s1, s2 and the carry c, with t = MULTIPLIER * s0 + c, a step makes s1, s2, t mod 2^32 and t >> 32. The new word
 * is the draw.
 *
 * With b = 2^32, a step divides the number s0 + s1 b + s2 b^2 + c b^3 by b, modulo m = MULTIPLIER b^3 - 1 (Couture and
 * L'Ecuyer, "Distribution properties of multiply-with-carry random number generators", 1997). So any number of steps is one
 * product modulo m, and a state is such a number: four words, the least significant first. The carry is always less than
 * MULTIPLIER.
 */
import {fixedScratch} from '../memory';

/** Less than 2^21, so that JavaScript's numbers hold t. */
export const MULTIPLIER: u64 = 2091639;

/** Of a state, or of a factor. */
export const STATE_BYTES: usize = 16;

/** Words of a product, in the scratch of the thread. */
const PRODUCT_WORDS: usize = 8;

/** Writes a state, or a factor. */
export function setState(state: usize, s0: u32, s1: u32, s2: u32, carry: u32): void {
  store<u32>(state, s0);
  store<u32>(state, s1, 4);
  store<u32>(state, s2, 8);
  store<u32>(state, carry, 12);
}

/**
 * Takes so many steps from a state.
 *
 * @param power STATE_BYTES of scratch, not in fixedScratch
 */
export function skip(state: usize, steps: u32, power: usize): void {
  // 1 / b = MULTIPLIER b^2.
  setState(power, 0, 0, <u32>MULTIPLIER, 0);
  while (steps > 0) {
    if (steps & 1) multiply(state, power, state);
    steps >>= 1;
    if (steps > 0) multiply(power, power, power);
  }
}

/** z = x * y modulo m, each STATE_BYTES long; z may be x, y or both. */
export function multiply(x: usize, y: usize, z: usize): void {
  const product = fixedScratch;
  memory.fill(product, 0, PRODUCT_WORDS << 2);
  for (let i: usize = 0; i < STATE_BYTES; i += 4) {
    let carry: u64 = 0;
    for (let j: usize = 0; j < STATE_BYTES; j += 4) {
      const sum = <u64>load<u32>(x + i) * <u64>load<u32>(y + j) + <u64>load<u32>(product + i + j) + carry;
      store<u32>(product + i + j, <u32>sum);
      carry = sum >> 32;
    }
    store<u32>(product + i, <u32>carry, STATE_BYTES);
  }
  // The words from b^3 on are quotient * MULTIPLIER + rest, and MULTIPLIER b^3 is 1: quotient + rest b^3.
  let rest: u64 = 0;
  for (let i = PRODUCT_WORDS - 1; i >= 3; i--) {
    rest = (rest << 32) | <u64>load<u32>(product + (i << 2));
    store<u32>(product + (i << 2), <u32>(rest / MULTIPLIER));
    rest %= MULTIPLIER;
  }
  let sum: u64 = 0;
  for (let i: usize = 0; i < 12; i += 4) {
    sum += <u64>load<u32>(product + i) + <u64>load<u32>(product + i, 12);
    store<u32>(z + i, <u32>sum);
    sum >>= 32;
  }
  let top = sum + <u64>load<u32>(product, 24) + rest;
  // The sum is less than twice m: m, which is MULTIPLIER b^3 - 1, is taken away once at most.
  if (top >= MULTIPLIER) {
    sum = 1;
    for (let i: usize = 0; i < 12; i += 4) {
      sum += <u64>load<u32>(z + i);
      store<u32>(z + i, <u32>sum);
      sum >>= 32;
    }
    top += sum - MULTIPLIER;
  }
  store<u32>(z, <u32>top, 12);
}
