/**
 * The passes of a transform over lists of complex numbers, real and imaginary parts apart, in the order that sorts itself
 * (Stockham's; see Van Loan, "Computational Frameworks for the Fast Fourier Transform", 1992, 1.7).
 *
 * With a pass of radix r, n numbers in x, where n = r m s, become n in y:
 *
 *   y[q + s (r p + k)] = w^(k p s) * sum over j < r of x[q + s (p + j m)] e^(-2 pi i j k / r),   w = e^(-2 pi i / n),
 *
 * for p < m, q < s, k < r. The first pass has s = 1, each further one the product of the radices before it, the last one
 * m = 1. `cos` and `sin` are the n roots of roots.ts. x and y do not overlap; nothing is written past the end of y.
 */
import {Four, One, Plain, Weighted} from './lanes';
import {butterfly2} from './radix_2';
import {butterfly3} from './radix_3';
import {butterfly4} from './radix_4';
import {butterfly5} from './radix_5';

class Radix2 {}
class Radix3 {}
class Radix4 {}
class Radix5 {}

/**
 * One loop over p and q. The last four of the q end at s, and may have been computed before. s >= 4 if four are taken.
 */
// @ts-ignore: decorator
@inline
function loop<Radix, Lanes, Weights>(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
  radix: usize,
): void {
  const step: usize = idof<Lanes>() == idof<Four>() ? 16 : 4;
  const row = (<usize>s) << 2;
  const xStep = <usize>m * row;
  const last = row - step;
  const next = step + (radix - 1) * row;
  let root: usize = 0;
  let q: usize = 0;
  let count = m * (idof<Lanes>() == idof<Four>() ? (s + 3) >> 2 : s);
  while (count > 0) {
    if (idof<Radix>() == idof<Radix2>()) butterfly2<Lanes, Weights>(xr, xi, xStep, yr, yi, row, cos, sin, root);
    if (idof<Radix>() == idof<Radix3>()) butterfly3<Lanes, Weights>(xr, xi, xStep, yr, yi, row, cos, sin, root);
    if (idof<Radix>() == idof<Radix4>()) butterfly4<Lanes, Weights>(xr, xi, xStep, yr, yi, row, cos, sin, root);
    if (idof<Radix>() == idof<Radix5>()) butterfly5<Lanes, Weights>(xr, xi, xStep, yr, yi, row, cos, sin, root);
    if (q == last) {
      xr += step;
      xi += step;
      yr += next;
      yi += next;
      root += row;
      q = 0;
    } else {
      const by = min(step, last - q);
      xr += by;
      xi += by;
      yr += by;
      yi += by;
      q += by;
    }
    count--;
  }
}

// @ts-ignore: decorator
@inline
function pass<Radix>(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
  radix: usize,
): void {
  if (s < 4) loop<Radix, One, Weighted>(xr, xi, yr, yi, m, s, cos, sin, radix);
  else if (m > 1) loop<Radix, Four, Weighted>(xr, xi, yr, yi, m, s, cos, sin, radix);
  else loop<Radix, Four, Plain>(xr, xi, yr, yi, m, s, cos, sin, radix);
}

export function fft_pass_2_f32(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
): void {
  pass<Radix2>(xr, xi, yr, yi, m, s, cos, sin, 2);
}

export function fft_pass_3_f32(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
): void {
  pass<Radix3>(xr, xi, yr, yi, m, s, cos, sin, 3);
}

export function fft_pass_4_f32(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
): void {
  pass<Radix4>(xr, xi, yr, yi, m, s, cos, sin, 4);
}

export function fft_pass_5_f32(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
): void {
  pass<Radix5>(xr, xi, yr, yi, m, s, cos, sin, 5);
}
