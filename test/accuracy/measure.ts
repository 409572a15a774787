import type {Kernels} from '../../src/internal';
import type {Binary, Elementary} from './functions';

/** Floats that are computed in one call. */
const BLOCK = 2 ** 20;
const ALL_FLOATS = 2 ** 32;
/** Pairs that a function of two is computed of. */
const PAIRS = 2 ** 28;

export interface Accuracy {
  /** The largest error, in units in the last place of the exact result. */
  ulp: number;
  /** Where that is. */
  at: string;
  /** The result there. */
  y: number;
  /** Results that are not finite where the exact one is, and the other way round. */
  wrong: number;
  /** One of them. */
  wrongAt?: string;
}

/** Called now and then with the share that is done. */
export type OnProgress = (share: number) => void;

/** Computes a function of every `step`-th float32, infinities and NaN among them, and compares it with double. */
export function measure(kernels: Kernels, {run, exact}: Elementary, step: number, onProgress: OnProgress): Accuracy {
  const [x, y] = [kernels.allocate(BLOCK * 4), kernels.allocate(BLOCK * 4)];
  const found = new Worst();
  for (let first = 0; first < ALL_FLOATS; first += BLOCK * step) {
    const count = Math.min(BLOCK, Math.ceil((ALL_FLOATS - first) / step));
    const bits = kernels.view(Uint32Array, x, count);
    for (let i = 0; i < count; i++) bits[i] = first + i * step;
    run(kernels.wasm, x, y, count);
    const [xs, ys] = [x, y].map((address) => kernels.view(Float32Array, address, count));
    for (let i = 0; i < count; i++) found.add(exact(xs[i]), ys[i], () => `${xs[i]}`);
    onProgress(Math.min(1, (first + BLOCK * step) / ALL_FLOATS));
  }
  return found;
}

/** The same of pairs of float32 with random bits, or of two like magnitudes, in turn. */
export function measurePairs(kernels: Kernels, {run, exact}: Binary, step: number, onProgress: OnProgress): Accuracy {
  const [a, b, y] = [1, 2, 3].map(() => kernels.allocate(BLOCK * 4));
  const found = new Worst();
  let state = 1;
  for (let done = 0; done < PAIRS / step; done += BLOCK) {
    for (const [address, isSecond] of [
      [a, false],
      [b, true],
    ] as const) {
      const bits = kernels.view(Uint32Array, address, BLOCK);
      const others = kernels.view(Uint32Array, a, BLOCK);
      for (let i = 0; i < BLOCK; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
        // Every other pair has one exponent.
        bits[i] = isSecond && i % 2 === 1 ? (others[i] & 0x7f800000) | (mixed & 0x807fffff) : mixed;
      }
    }
    run(kernels.wasm, a, b, y, BLOCK);
    const [as, bs, ys] = [a, b, y].map((address) => kernels.view(Float32Array, address, BLOCK));
    for (let i = 0; i < BLOCK; i++) found.add(exact(as[i], bs[i]), ys[i], () => `${as[i]}, ${bs[i]}`);
    onProgress(Math.min(1, (done + BLOCK) / (PAIRS / step)));
  }
  return found;
}

class Worst implements Accuracy {
  ulp = 0;
  at = '';
  y = 0;
  wrong = 0;
  wrongAt: string | undefined = undefined;

  add(expected: number, y: number, describe: () => string): void {
    const off = Math.abs(y - expected);
    if (off === 0) return;
    // A result of more than the largest float32 and half a unit rounds to infinity.
    if (!Number.isFinite(Math.fround(expected)) || !Number.isFinite(y)) {
      if (Object.is(Math.fround(expected), y)) return;
      this.wrong++;
      this.wrongAt = describe();
      return;
    }
    const ulp = off / unitInLastPlace(expected);
    if (ulp <= this.ulp) return;
    this.ulp = ulp;
    this.at = describe();
    this.y = y;
  }
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** By the biased exponent of a double. */
const units = Float64Array.from({length: 2048}, (_, exponent) => 2 ** Math.max(exponent - 1023 - 23, -149));

/** The distance between float32 numbers at x. */
function unitInLastPlace(x: number): number {
  double[0] = x;
  return units[(words[1] >>> 20) & 0x7ff];
}
