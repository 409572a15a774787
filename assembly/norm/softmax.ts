/** Softmax and its logarithm over the rows of a matrix. */
import {exp, log} from '../math';
import {storePartial} from '../simd';

class Softmax {}
class LogSoftmax {}

/** Ones in the first n lanes, 1 <= n <= 4; zeros elsewhere. */
// @ts-ignore: decorator
@inline
function firstLanes(n: i32): v128 {
  return i32x4.gt_s(i32x4.splat(n), i32x4(0, 1, 2, 3));
}

/** The largest of n floats, n >= 1; NaN is ignored: it comes back in the sum. */
// @ts-ignore: decorator
@inline
function largest(x: usize, n: i32, last: v128): f32 {
  let m = f32x4.splat(-Infinity);
  while (n > 4) {
    m = f32x4.pmax(m, v128.load(x));
    x += 16;
    n -= 4;
  }
  m = f32x4.pmax(m, v128.bitselect(v128.load(x), f32x4.splat(-Infinity), last));
  m = f32x4.pmax(m, v128.shuffle<i32>(m, m, 2, 3, 0, 1));
  m = f32x4.pmax(m, v128.shuffle<i32>(m, m, 1, 0, 3, 2));
  return f32x4.extract_lane(m, 0);
}

// @ts-ignore: decorator
@inline
function storeUpTo4(y: usize, x: v128, n: i32): void {
  if (n >= 4) v128.store(y, x);
  else storePartial(y, x, n);
}

/** One row of n floats, n >= 1; `last` are the lanes of its last vector. */
function row<Op>(x: usize, y: usize, n: i32, last: v128): void {
  const shift = f32x4.splat(largest(x, n, last));
  let low = f64x2.splat(0);
  let high = low;
  let p = x;
  let q = y;
  let k = n;
  while (k > 0) {
    let e = exp(f32x4.sub(v128.load(p), shift));
    if (idof<Op>() == idof<Softmax>()) storeUpTo4(q, e, k);
    if (k < 4) e = v128.and(e, last);
    low = f64x2.add(low, f64x2.promote_low_f32x4(e));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i64>(e, e, 1, 1)));
    p += 16;
    q += 16;
    k -= 4;
  }
  low = f64x2.add(low, high);
  const sum = f32x4.splat(<f32>(f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1)));
  k = n;
  if (idof<Op>() == idof<Softmax>()) {
    while (k > 0) {
      storeUpTo4(y, f32x4.div(v128.load(y), sum), k);
      y += 16;
      k -= 4;
    }
  } else {
    const logSum = log(sum);
    while (k > 0) {
      storeUpTo4(y, f32x4.sub(f32x4.sub(v128.load(x), shift), logSum), k);
      x += 16;
      y += 16;
      k -= 4;
    }
  }
}

// @ts-ignore: decorator
@inline
function rows<Op>(x: usize, y: usize, count: i32, n: i32): void {
  const last = firstLanes(((n - 1) & 3) + 1);
  while (count > 0) {
    row<Op>(x, y, n, last);
    x += <usize>n << 2;
    y += <usize>n << 2;
    count--;
  }
}

/**
 * y[i, j] = e^x[i, j] / sum over k of e^x[i, k] for i < count and j < n, with the row's largest value taken off first;
 * n >= 1. A row with NaN or an infinity that leaves 0 / 0 is NaN, as on the CPU backend. x and y do not overlap.
 */
export function softmax_f32(x: usize, y: usize, count: i32, n: i32): void {
  rows<Softmax>(x, y, count, n);
}
/** y[i, j] = x[i, j] - ln(sum over k of e^x[i, k]). */
export function log_softmax_f32(x: usize, y: usize, count: i32, n: i32): void {
  rows<LogSoftmax>(x, y, count, n);
}
