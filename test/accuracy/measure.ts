import type {Kernels} from '../../src/internal';
import type {Elementary} from './functions';

/** Floats that are computed in one call. */
const BLOCK = 2 ** 20;
const ALL_FLOATS = 2 ** 32;

export interface Accuracy {
  /** The largest error, in units in the last place of the exact result. */
  ulp: number;
  /** Where that is. */
  x: number;
  /** The result there. */
  y: number;
  /** Results that are not finite where the exact one is, and the other way round. */
  wrong: number;
  /** One of them. */
  wrongAt?: number;
}

/**
 * Computes a function of every `step`-th float32, infinities and NaN among them, and compares it with double.
 *
 * @param onProgress called now and then with the share that is done
 */
export function measure(
  kernels: Kernels,
  {run, exact}: Elementary,
  step: number,
  onProgress: (share: number) => void,
): Accuracy {
  const x = kernels.allocate(BLOCK * 4);
  const y = kernels.allocate(BLOCK * 4);
  const found: Accuracy = {ulp: 0, x: 0, y: 0, wrong: 0};
  for (let first = 0; first < ALL_FLOATS; first += BLOCK * step) {
    const count = Math.min(BLOCK, Math.ceil((ALL_FLOATS - first) / step));
    const bits = kernels.view(Uint32Array, x, count);
    for (let i = 0; i < count; i++) bits[i] = first + i * step;
    run(kernels.wasm, x, y, count);
    compare(kernels.view(Float32Array, x, count), kernels.view(Float32Array, y, count), exact, found);
    onProgress((first + BLOCK * step) / ALL_FLOATS);
  }
  return found;
}

function compare(xs: Float32Array, ys: Float32Array, exact: (x: number) => number, found: Accuracy): void {
  for (let i = 0; i < xs.length; i++) {
    const expected = exact(xs[i]);
    const y = ys[i];
    const off = Math.abs(y - expected);
    if (off === 0) continue;
    // A result of more than the largest float32 and half a unit rounds to infinity.
    if (!Number.isFinite(Math.fround(expected)) || !Number.isFinite(y)) {
      if (Object.is(Math.fround(expected), y)) continue;
      found.wrong++;
      found.wrongAt = xs[i];
      continue;
    }
    const ulp = off / unitInLastPlace(expected);
    if (ulp > found.ulp) Object.assign(found, {ulp, x: xs[i], y});
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
