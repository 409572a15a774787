/** Lists of complex numbers, as two lists of floats: real and imaginary parts. */
import {fma, fnma, storePartial} from '../simd';

/** The real and the imaginary part of re + i im times the conjugate of c + i s. */
// @ts-ignore: decorator
@inline
export function conjugateProductR(re: v128, im: v128, c: v128, s: v128): v128 {
  return fma(im, s, f32x4.mul(re, c));
}
// @ts-ignore: decorator
@inline
export function conjugateProductI(re: v128, im: v128, c: v128, s: v128): v128 {
  return fnma(re, s, f32x4.mul(im, c));
}

/** The bytes of a list of n floats in scratch: whole vectors. */
// @ts-ignore: decorator
@inline
export function listBytes(n: i32): usize {
  return ((<usize>n + 3) & ~3) << 2;
}

/**
 * y[j] = x[j] times the conjugate of c[j] for j < n; up to 3 floats more are read, none are written. y may be x.
 */
export function timesConjugate(xr: usize, xi: usize, cr: usize, ci: usize, yr: usize, yi: usize, n: i32): void {
  while (n > 0) {
    const re = v128.load(xr);
    const im = v128.load(xi);
    const c = v128.load(cr);
    const s = v128.load(ci);
    const productR = conjugateProductR(re, im, c, s);
    const productI = conjugateProductI(re, im, c, s);
    if (n >= 4) {
      v128.store(yr, productR);
      v128.store(yi, productI);
    } else {
      storePartial(yr, productR, n);
      storePartial(yi, productI, n);
    }
    xr += 16;
    xi += 16;
    cr += 16;
    ci += 16;
    yr += 16;
    yi += 16;
    n -= 4;
  }
}

/** x[j] /= divisor for j < n floats. */
export function divide(x: usize, n: i32, divisor: f32): void {
  const divisors = f32x4.splat(divisor);
  while (n >= 4) {
    v128.store(x, f32x4.div(v128.load(x), divisors));
    x += 16;
    n -= 4;
  }
  storePartial(x, f32x4.div(v128.load(x), divisors), n);
}
