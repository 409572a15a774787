/**
 * The state of the generator alea after seeding: three words of 32 bits; its carry is 1. As Johannes Baagøe's Alea and Mash
 * (2010, MIT licence) have it, which the package seedrandom ports and tfjs draws by.
 */
export function seededWords(seed: string): [s0: number, s1: number, s2: number] {
  let state = 0xefc8249d;
  const hash = (text: string): number => {
    state = mash(state, text);
    return state >>> 0;
  };
  const [s0, s1, s2] = [hash(' '), hash(' '), hash(' ')];
  return [(s0 - hash(seed)) >>> 0, (s1 - hash(seed)) >>> 0, (s2 - hash(seed)) >>> 0];
}

/** A number from 0 to 2^32 with a fraction, which the hash of the next text begins with. */
function mash(state: number, text: string): number {
  let n = state;
  for (let i = 0; i < text.length; i++) {
    n += text.charCodeAt(i);
    const product = 0.02519603282416938 * n;
    const whole = product >>> 0;
    const square = (product - whole) * whole;
    const low = square >>> 0;
    n = low + (square - low) * 2 ** 32;
  }
  return n;
}
