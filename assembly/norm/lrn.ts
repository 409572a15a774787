/**
 * Local response normalization over the channels of a pixel, and its gradient: each channel is divided by a power of
 * the sum of squares around it. All in float64, two pixels at a time: a vector holds a value of each.
 */
import {Pow} from '../elementwise/double/exponential';

/** Bytes of a row of values for n channels, with `radius` zeros before and after them. */
// @ts-ignore: decorator
@inline
function rowBytes(n: i32, radius: i32): usize {
  return (<usize>(n + 2 * radius)) << 4;
}

/** The scratch that both kernels need, in bytes: three rows. */
export function lrn_scratch_bytes(n: i32, radius: i32): f64 {
  return 48 * (<f64>n + 2 * <f64>radius);
}

/** A float of each of the two pixels, which are `next` bytes apart, as doubles. */
// @ts-ignore: decorator
@inline
function both(x: usize, next: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_lane(x + next, v128.load32_zero(x), 1));
}

/** The reverse: stores two doubles as floats. */
// @ts-ignore: decorator
@inline
function storeBoth(y: usize, next: usize, x: v128): void {
  const floats = f32x4.demote_f64x2_zero(x);
  v128.store32_lane(y, floats, 0);
  v128.store32_lane(y + next, floats, 1);
}

/**
 * x^y, with infinity and 0 where Pow stops at 2^1000 and 2^-1000: only these give NaN when multiplied by 0 and
 * infinity.
 */
// @ts-ignore: decorator
@inline
function power(x: v128, y: v128): v128 {
  const z = changetype<Pow>(0).apply(x, y);
  const magnitude = f64x2.abs(z);
  const largest = f64x2.splat(reinterpret<f64>((<u64>(1023 + 1000)) << 52));
  const smallest = f64x2.splat(reinterpret<f64>((<u64>(1023 - 1000)) << 52));
  const huge = v128.and(f64x2.ge(magnitude, largest), f64x2.splat(f64.POSITIVE_INFINITY));
  return v128.or(v128.andnot(z, f64x2.le(magnitude, smallest)), huge);
}

/**
 * sums[i] = row[i] + ... + row[i + length - 1] for i < n. Each window is the end of one block of `length` values and
 * the beginning of the next, so that suffix and prefix sums of blocks give it in a few operations for any length. A
 * sliding sum would keep what has left it: a NaN, or the rounding errors of large values.
 */
function windowSums(row: usize, sums: usize, n: i32, length: i32): void {
  for (let begin = 0; begin < n; begin += length) {
    const end = min(n, begin + length);
    const first = row + ((<usize>begin) << 4);
    let p = first + ((<usize>length) << 4);
    let s = sums + ((<usize>end) << 4);
    let sum = f64x2.splat(0);
    for (let k = begin + length - end; k > 0; k--) {
      p -= 16;
      sum = f64x2.add(sum, v128.load(p));
    }
    while (p > first) {
      p -= 16;
      s -= 16;
      sum = f64x2.add(sum, v128.load(p));
      v128.store(s, sum);
    }
    p = first + ((<usize>length) << 4);
    sum = f64x2.splat(0);
    for (let k = end - begin - 1; k > 0; k--) {
      s += 16;
      sum = f64x2.add(sum, v128.load(p));
      v128.store(s, f64x2.add(v128.load(s), sum));
      p += 16;
    }
  }
}

/** norms[i] = bias + alpha * the sum of x^2 from i - radius to i + radius, for n channels. */
function fillNorms(
  x: usize,
  next: usize,
  squares: usize,
  norms: usize,
  n: i32,
  radius: i32,
  bias: f64,
  alpha: f64,
): void {
  let p = squares + ((<usize>radius) << 4);
  for (let i = n; i > 0; i--) {
    const value = both(x, next);
    v128.store(p, f64x2.mul(value, value));
    x += 4;
    p += 16;
  }
  windowSums(squares, norms, n, 2 * radius + 1);
  p = norms;
  for (let i = n; i > 0; i--) {
    v128.store(p, f64x2.add(f64x2.mul(v128.load(p), f64x2.splat(alpha)), f64x2.splat(bias)));
    p += 16;
  }
}

/**
 * y = x * norm^-beta for `pixels` pixels of n channels, where norm = bias + alpha * the sum of x^2 over the channels at
 * most `radius` away; 0 <= radius < n. x and y do not overlap.
 *
 * scratch  lrn_scratch_bytes(n, radius) bytes
 */
export function lrn_f32(
  x: usize,
  y: usize,
  pixels: i32,
  n: i32,
  radius: i32,
  bias: f64,
  alpha: f64,
  beta: f64,
  scratch: usize,
): void {
  const norms = scratch + rowBytes(n, radius);
  const exponent = f64x2.splat(-beta);
  const pitch = (<usize>n) << 2;
  memory.fill(scratch, 0, rowBytes(n, radius));
  while (pixels > 0) {
    // The last pixel of an odd number takes both places.
    const next: usize = pixels > 1 ? pitch : 0;
    fillNorms(x, next, scratch, norms, n, radius, bias, alpha);
    let p = norms;
    for (let i = n; i > 0; i--) {
      storeBoth(y, next, f64x2.mul(both(x, next), power(v128.load(p), exponent)));
      x += 4;
      y += 4;
      p += 16;
    }
    x += next;
    y += next;
    pixels -= 2;
  }
}

/**
 * dx = dy * norm^-beta - 2 alpha beta x * the sum of dy y / norm over the channels at most `radius` away: the gradient
 * of lrn_f32, whose output is y. The other arguments are those of lrn_f32.
 */
export function lrn_grad_f32(
  x: usize,
  y: usize,
  dy: usize,
  dx: usize,
  pixels: i32,
  n: i32,
  radius: i32,
  bias: f64,
  alpha: f64,
  beta: f64,
  scratch: usize,
): void {
  const norms = scratch + rowBytes(n, radius);
  const sums = norms + rowBytes(n, radius);
  const exponent = f64x2.splat(-beta);
  const factor = f64x2.splat(-2 * alpha * beta);
  const pitch = (<usize>n) << 2;
  memory.fill(scratch, 0, rowBytes(n, radius));
  while (pixels > 0) {
    const next: usize = pixels > 1 ? pitch : 0;
    fillNorms(x, next, scratch, norms, n, radius, bias, alpha);
    let p = norms;
    let q = scratch + ((<usize>radius) << 4);
    for (let i = 0; i < n; i++) {
      const at = (<usize>i) << 2;
      v128.store(q, f64x2.div(f64x2.mul(both(dy + at, next), both(y + at, next)), v128.load(p)));
      p += 16;
      q += 16;
    }
    windowSums(scratch, sums, n, 2 * radius + 1);
    p = norms;
    q = sums;
    for (let i = n; i > 0; i--) {
      const own = f64x2.mul(both(dy, next), power(v128.load(p), exponent));
      const others = f64x2.mul(f64x2.mul(factor, both(x, next)), v128.load(q));
      storeBoth(dx, next, f64x2.add(own, others));
      x += 4;
      dy += 4;
      dx += 4;
      p += 16;
      q += 16;
    }
    x += next;
    y += pitch + next;
    dy += next;
    dx += next;
    pixels -= 2;
  }
}
