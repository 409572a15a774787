/**
 * Sums and means of float32 along the middle of three dimensions: x is [outer, n, inner], y is [outer, inner].
 *
 * Four rows are added in float32, in pairs, and those sums in float64: the error stays at some 1e-7 of the sum of
 * magnitudes for any n, at the speed of the memory (55 GB/s in cache, float64 throughout 31). The order of the sums
 * depends on n and inner alone.
 */
import {promoteHigh} from '../simd';
import {COPY_CHUNK_FLOATS} from '../threads/chunks';
import {itemsOf, jobOf, noteChunks, parallel, threadCount} from '../threads/pool';
import {MAX_FOLDED, sumColumns, sumFolded} from './columns';
import {Mean, reduceInOrder, Sum} from './in_order';
import {sumOfFour} from './strips';

/** Columns that a thread sums: a cache line. */
const STRIP: i32 = 16;

/** The sum of n floats from x on; n >= 0. */
function sumRow(x: usize, n: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let k = n >> 4;
  while (k > 0) {
    const sums = sumOfFour(x, x + 16, x + 32, x + 48);
    low = f64x2.add(low, f64x2.promote_low_f32x4(sums));
    high = f64x2.add(high, promoteHigh(sums));
    x += 64;
    k--;
  }
  k = (n & 15) >> 2;
  while (k > 0) {
    low = f64x2.add(low, f64x2.promote_low_f32x4(v128.load64_zero(x)));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.load64_zero(x, 8)));
    x += 16;
    k--;
  }
  low = f64x2.add(low, high);
  let sum = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
  k = n & 3;
  while (k > 0) {
    sum += <f64>load<f32>(x);
    x += 4;
    k--;
  }
  return sum;
}

/** y[i] = Op over j of x[i, j] for i < rows, j < n < 16: in float64 throughout. */
function sumShortRows<Op>(x: usize, y: usize, rows: i32, n: i32): void {
  const pairs = (<usize>(n >> 1)) << 3;
  while (rows > 0) {
    let sums = f64x2.splat(0);
    const end = x + pairs;
    while (x < end) {
      sums = f64x2.add(sums, f64x2.promote_low_f32x4(v128.load64_zero(x)));
      x += 8;
    }
    let total = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    if (n & 1) {
      total += <f64>load<f32>(x);
      x += 4;
    }
    store<f32>(y, <f32>(idof<Op>() == idof<Mean>() ? total / <f64>n : total));
    y += 4;
    rows--;
  }
}

@unmanaged
class SumJob {
  x: usize;
  y: usize;
  n: i32;
  inner: i32;
  /** Whether all sums of a strip are finite: set to false by any thread. */
  finite: bool;
}

/** Sums along the middle, for some of the outer indices. */
// @ts-ignore: decorator
@inline
function sumOuter<Op>(first: i32, end: i32): void {
  const job = jobOf<SumJob>();
  const n = job.n;
  const inner = job.inner;
  const pitch = (<usize>n * <usize>inner) << 2;
  let x = job.x + <usize>first * pitch;
  let y = job.y + ((<usize>first * <usize>inner) << 2);
  if (inner == 1 && n < 16) {
    sumShortRows<Op>(x, y, end - first, n);
    return;
  }
  for (let i = first; i < end; i++) {
    let finite = true;
    if (inner == 1) {
      const total = sumRow(x, n);
      store<f32>(y, <f32>(idof<Op>() == idof<Mean>() ? total / <f64>n : total));
      finite = total - total == 0;
    } else if (inner <= MAX_FOLDED) {
      finite = sumFolded<Op>(x, y, n, inner);
    } else {
      finite = sumColumns<Op>(x, y, n, inner, inner);
    }
    // A float32 sum of four may overflow where the whole sum does not.
    if (!finite) reduceInOrder<Op, f32, f32>(x, y, 1, n, inner);
    x += pitch;
    y += (<usize>inner) << 2;
  }
}

/** Sums of whole vectors of columns, STRIP of them at a time. */
// @ts-ignore: decorator
@inline
function sumStrips<Op>(first: i32, end: i32): void {
  const job = jobOf<SumJob>();
  const left = (<usize>(first * STRIP)) << 2;
  const columns = min(end * STRIP, job.inner) - first * STRIP;
  if (!sumColumns<Op>(job.x + left, job.y + left, job.n, columns, job.inner)) job.finite = false;
}

function sumOfOuter(first: i32, end: i32): void {
  sumOuter<Sum>(first, end);
}
function meanOfOuter(first: i32, end: i32): void {
  sumOuter<Mean>(first, end);
}
function sumOfStrips(first: i32, end: i32): void {
  sumStrips<Sum>(first, end);
}
function meanOfStrips(first: i32, end: i32): void {
  sumStrips<Mean>(first, end);
}

// @ts-ignore: decorator
@inline
function sum<Op>(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  if (n == 0) {
    memory.fill(y, 0, (<usize>outer * <usize>inner) << 2);
    return;
  }
  const isMean = idof<Op>() == idof<Mean>();
  const job = jobOf<SumJob>();
  job.x = x;
  job.y = y;
  job.n = n;
  job.inner = inner;
  job.finite = true;
  const ofColumn = <f64>n;
  // Strips give the same bits where rows are not folded: of whole vectors.
  if (outer == 1 && inner > STRIP && (inner & 3) == 0) {
    const strips = (inner + STRIP - 1) / STRIP;
    const stripsOfChunk = itemsOf(COPY_CHUNK_FLOATS, ofColumn * STRIP);
    noteChunks(strips / stripsOfChunk);
    if (threadCount() > 1) {
      parallel(isMean ? meanOfStrips.index : sumOfStrips.index, strips, stripsOfChunk);
      if (!job.finite) reduceInOrder<Op, f32, f32>(x, y, 1, n, inner);
      return;
    }
  }
  parallel(isMean ? meanOfOuter.index : sumOfOuter.index, outer, itemsOf(COPY_CHUNK_FLOATS, ofColumn * inner));
}

/** y[o, i] = sum over r of x[o, r, i]; outer and inner >= 1, n >= 0. */
export function sum_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  sum<Sum>(x, y, outer, n, inner);
}

/** The same divided by n; 0 where n is 0. */
export function mean_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  sum<Mean>(x, y, outer, n, inner);
}
