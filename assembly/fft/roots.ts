/** Roots of unity, computed in double and rounded once: cos(2 pi j / n) and sin(2 pi j / n), as two lists of floats. */
import {Cos, Sin} from '../elementwise/double/trigonometric';

const TWO_PI: f64 = 6.283185307179586;

/** cos and sin of two angles, in the lower halves. */
// @ts-ignore: decorator
@inline
function storePair(cos: usize, sin: usize, angles: v128): void {
  v128.store64_lane(cos, f32x4.demote_f64x2_zero(changetype<Cos>(0).apply(angles)), 0);
  v128.store64_lane(sin, f32x4.demote_f64x2_zero(changetype<Sin>(0).apply(angles)), 0);
}

/**
 * The first `count` of the n roots; one float more is written to each list if `count` is odd.
 */
function firstRoots(cos: usize, sin: usize, n: i32, count: i32): void {
  const angle = TWO_PI / <f64>n;
  for (let j = 0; j < count; j += 2) {
    const at = (<usize>j) << 2;
    storePair(cos + at, sin + at, f64x2(<f64>j * angle, <f64>(j + 1) * angle));
  }
}

/**
 * All n roots, n >= 1; up to one float more is written to each list. Where 4 divides n, the first quarter is turned: a
 * quarter of the time, and what should be 0 or 1 is.
 */
export function roots(cos: usize, sin: usize, n: i32): void {
  if (n & 3) {
    firstRoots(cos, sin, n, n);
    return;
  }
  const quarter = n >> 2;
  firstRoots(cos, sin, n, quarter);
  const turn = (<usize>quarter) << 2;
  for (let j: usize = 0; j < <usize>quarter; j++) {
    const at = j << 2;
    const c = load<f32>(cos + at);
    const s = load<f32>(sin + at);
    store<f32>(cos + turn + at, -s);
    store<f32>(sin + turn + at, c);
    store<f32>(cos + 2 * turn + at, -c);
    store<f32>(sin + 2 * turn + at, -s);
    store<f32>(cos + 3 * turn + at, s);
    store<f32>(sin + 3 * turn + at, -c);
  }
}

/**
 * cos(pi j^2 / n) and sin(pi j^2 / n) for j < n; up to one float more is written to each list. j^2 is taken modulo 2 n, so
 * that no angle is larger than 2 pi.
 */
export function chirp(cos: usize, sin: usize, n: i32): void {
  const angle = 0.5 * (TWO_PI / <f64>n);
  const period = 2 * <i64>n;
  let square: i64 = 0;
  let odd: i64 = 1;
  for (let j = 0; j < n; j += 2) {
    const next = (square + odd) % period;
    const at = (<usize>j) << 2;
    storePair(cos + at, sin + at, f64x2(<f64>square * angle, <f64>next * angle));
    square = (next + odd + 2) % period;
    odd += 4;
  }
}
