/**
 * sfc32, the Small Fast Counting generator of Chris Doty-Humphrey's PractRand: 128 bits of state, of which 32 are a
 * counter, so every stream has a period of at least 2^32.
 *
 * Only integer operations and exactly rounded arithmetic are used, here and in the rest of this folder (no sin, exp or
 * log, which engines may round differently), so that a sample is the same bytes everywhere.
 */
export class Sfc32 {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** The stream named by three 32-bit integers; different names are different states, never shifted copies. */
  constructor(seed: number, stream: number, index: number) {
    this.a = stream | 0;
    this.b = seed | 0;
    this.c = index | 0;
    // Close seeds start with close states: 15 rounds let every bit reach every other.
    for (let i = 0; i < 15; i++) this.bits();
  }

  /** 32 random bits, as a signed integer. */
  bits(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t;
  }

  /** Uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * ((this.bits() >>> 0) / 0x100000000);
  }

  /** Uniform integer in 0 .. n - 1. */
  below(n: number): number {
    return Math.floor(this.uniform(0, n));
  }

  /** About normal, mean 0 and the given deviation, never beyond 3.5 deviations: the sum of four uniforms. */
  normal(deviation = 1): number {
    const sum = this.uniform() + this.uniform() + this.uniform() + this.uniform();
    return (sum - 2) * 1.7320508075688772 * deviation;
  }
}
