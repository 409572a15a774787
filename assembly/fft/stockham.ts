/** Transforms whose lengths have no prime factor but 2, 3 and 5: a pass for each factor, 4 for two of 2. */
import {fft_first_pass_4_f32} from './first_pass';
import {fft_pass_2_f32, fft_pass_3_f32, fft_pass_4_f32, fft_pass_5_f32} from './passes';

/** A factor of n, or 0 if n has none of those. Fours come first, so that further passes have s >= 4. */
function factorOf(n: i32): i32 {
  if (!(n & 3)) return 4;
  if (n % 5 == 0) return 5;
  if (n % 3 == 0) return 3;
  return n & 1 ? 0 : 2;
}

/** The passes of a transform of n numbers, n >= 1, or -1 if n has other prime factors. */
export function passesOf(n: i32): i32 {
  let passes = 0;
  while (n > 1) {
    const factor = factorOf(n);
    if (factor == 0) return -1;
    n /= factor;
    passes++;
  }
  return passes;
}

/**
 * y[k] = sum over j of x[j] e^(-2 pi i j k / n), n >= 2 numbers of two lists each; with the lists' places changed on both
 * sides it is the inverse, times n. x, y and the scratch w do not overlap.
 *
 * @param passes passesOf(n), >= 1
 * @param cos, sin the n roots of roots.ts
 */
export function transform(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  wr: usize,
  wi: usize,
  n: i32,
  passes: i32,
  cos: usize,
  sin: usize,
): void {
  let m = n;
  let s = 1;
  while (passes > 0) {
    const factor = factorOf(m);
    m /= factor;
    passes--;
    // The last pass writes to y.
    const re = passes & 1 ? wr : yr;
    const im = passes & 1 ? wi : yi;
    if (factor == 4) {
      if (s == 1 && m >= 4) fft_first_pass_4_f32(xr, xi, re, im, m, cos, sin);
      else fft_pass_4_f32(xr, xi, re, im, m, s, cos, sin);
    } else if (factor == 2) fft_pass_2_f32(xr, xi, re, im, m, s, cos, sin);
    else if (factor == 3) fft_pass_3_f32(xr, xi, re, im, m, s, cos, sin);
    else fft_pass_5_f32(xr, xi, re, im, m, s, cos, sin);
    xr = re;
    xi = im;
    s *= factor;
  }
}
