import {exp} from '../math';
import {promoteHigh, storePartial} from '../simd';
import {CHAIN_CHUNK_OPERATIONS} from '../threads/chunks';
import {itemsOf, jobOf, parallel} from '../threads/pool';

/** A mask of the first n lanes, 0 <= n < 4. */
// @ts-ignore: decorator
@inline
function firstLanes(n: i32): v128 {
  return i32x4.gt_s(i32x4.splat(n), i32x4(0, 1, 2, 3));
}

/** The largest element of `vectors` vectors and the lanes `last` of one more. NaN is ignored: it shows in the sum. */
// @ts-ignore: decorator
@inline
function largest(x: usize, vectors: i32, last: v128): v128 {
  let m = f32x4.splat(-Infinity);
  while (vectors > 0) {
    m = f32x4.pmax(m, v128.load(x));
    x += 16;
    vectors--;
  }
  m = f32x4.pmax(m, v128.bitselect(v128.load(x), f32x4.splat(-Infinity), last));
  m = f32x4.pmax(m, v128.shuffle<i32>(m, m, 2, 3, 0, 1));
  return f32x4.pmax(m, v128.shuffle<i32>(m, m, 1, 0, 3, 2));
}

/** One row: `vectors` vectors and `rest` < 4 floats, which are the lanes `last` of one more vector. */
function row(x: usize, y: usize, vectors: i32, rest: i32, last: v128): void {
  const shift = largest(x, vectors, last);
  let low = f64x2.splat(0);
  let high = low;
  let q = y;
  let k = vectors >> 1;
  while (k > 0) {
    const e = exp(f32x4.sub(v128.load(x), shift));
    const f = exp(f32x4.sub(v128.load(x, 16), shift));
    v128.store(q, e);
    v128.store(q, f, 16);
    const sums = f32x4.add(e, f);
    low = f64x2.add(low, f64x2.promote_low_f32x4(sums));
    high = f64x2.add(high, promoteHigh(sums));
    x += 32;
    q += 32;
    k--;
  }
  if (vectors & 1) {
    const e = exp(f32x4.sub(v128.load(x), shift));
    v128.store(q, e);
    low = f64x2.add(low, f64x2.promote_low_f32x4(e));
    high = f64x2.add(high, promoteHigh(e));
    x += 16;
  }
  const e = v128.and(exp(f32x4.sub(v128.load(x), shift)), last);
  low = f64x2.add(f64x2.add(low, f64x2.promote_low_f32x4(e)), f64x2.add(high, promoteHigh(e)));
  const sum = f32x4.splat(<f32>(f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1)));
  k = vectors;
  while (k > 0) {
    v128.store(y, f32x4.div(v128.load(y), sum));
    y += 16;
    k--;
  }
  storePartial(y, f32x4.div(e, sum), rest);
}

@unmanaged
class SoftmaxJob {
  x: usize;
  y: usize;
  n: i32;
}

/**
 * y[i, j] = e^x[i, j] / sum over k of e^x[i, k] for i < count and j < n, n >= 1; the largest value of a row is
 * subtracted first. A row with NaN or infinity, or with -infinity alone, becomes NaN, as on tfjs-backend-cpu. x and y
 * do not overlap; nothing is written past the end of y.
 */
export function softmax_f32(x: usize, y: usize, count: i32, n: i32): void {
  const job = jobOf<SoftmaxJob>();
  job.x = x;
  job.y = y;
  job.n = n;
  // An exponential takes as long as some eight other operations.
  parallel(softmaxRows.index, count, itemsOf(CHAIN_CHUNK_OPERATIONS, 16 * <f64>n));
}

function softmaxRows(first: i32, end: i32): void {
  const job = jobOf<SoftmaxJob>();
  const n = job.n;
  const vectors = n >> 2;
  const rest = n & 3;
  const last = firstLanes(rest);
  const pitch = (<usize>n) << 2;
  for (let i = <usize>first; i < <usize>end; i++) row(job.x + i * pitch, job.y + i * pitch, vectors, rest, last);
}
