/**
 * Sums and means of float32 along the middle of three dimensions: x is [outer, n, inner], y is [outer, inner].
 *
 * Four rows are added in float32, in pairs, and those sums in float64: the error stays at some 1e-7 of the sum of
 * magnitudes for any n, at the speed of the memory (55 GB/s in cache, float64 throughout 31). The order of the sums
 * depends on n and inner alone.
 */
import {fixedScratch} from '../memory';
import {promoteHigh, storePartial} from '../simd';
import {COPY_CHUNK_FLOATS} from '../threads/chunks';
import {itemsOf, jobOf, parallel, threadCount} from '../threads/pool';
import {Mean, reduceInOrder, Sum} from './in_order';
import {addRows, sumOfFour} from './strips';

/** Columns whose float64 sums fit into fixedScratch. */
const MAX_COLUMNS: i32 = 128;
/**
 * Up to this many columns, rows are folded: up to four of them (more of short ones) are taken as one row of whole
 * vectors.
 */
const MAX_FOLDED: i32 = 32;
/** Columns that a thread sums: a cache line. */
const STRIP: i32 = 16;

// @ts-ignore: decorator
@inline
function finish<Op>(sums: v128, divisor: v128): v128 {
  if (idof<Op>() == idof<Mean>()) return f64x2.div(sums, divisor);
  return sums;
}

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

/**
 * How many rows of `inner` <= MAX_FOLDED columns make a row of whole vectors; of three or four vectors if rows are
 * short.
 */
function rowsToFold(inner: i32): i32 {
  if (inner < 4) return inner == 3 ? 4 : 16 / inner;
  return inner & 1 ? 4 : inner & 2 ? 2 : 1;
}

/** fixedScratch[to + j] += fixedScratch[from + j] for j < n, float64. */
function addSums(to: i32, from: i32, n: i32): void {
  let p = fixedScratch + ((<usize>to) << 3);
  let q = fixedScratch + ((<usize>from) << 3);
  while (n > 0) {
    store<f64>(p, load<f64>(p) + load<f64>(q));
    p += 8;
    q += 8;
    n--;
  }
}

/** y[j] = Op over i of x[i, j] for i < n and j < inner <= MAX_FOLDED. Returns whether all are finite. */
function sumFolded<Op>(x: usize, y: usize, n: i32, inner: i32): bool {
  const fold = rowsToFold(inner);
  const width = inner * fold;
  const pitch = (<usize>width) << 2;
  const rows = n / fold;
  memory.fill(fixedScratch, 0, 1024);
  addRows(x, pitch, rows, width);
  // The remaining rows are the beginning of one more folded row.
  const rest = (n - rows * fold) * inner;
  x += <usize>rows * pitch;
  for (let j = 0; j < rest; j++) {
    const p = fixedScratch + ((<usize>j) << 3);
    store<f64>(p, load<f64>(p) + <f64>load<f32>(x + ((<usize>j) << 2)));
  }
  for (let i = 1; i < fold; i++) addSums(0, i * inner, inner);
  return storeSums<Op>(y, n, inner);
}

/** The same for any number of columns of rows of `inner`, MAX_COLUMNS of them at a time. */
function sumColumns<Op>(x: usize, y: usize, n: i32, columns: i32, inner: i32): bool {
  const pitch = (<usize>inner) << 2;
  let finite = true;
  while (columns > 0) {
    const width = min(columns, MAX_COLUMNS);
    memory.fill(fixedScratch, 0, 1024);
    addRows(x, pitch, n, width);
    finite = storeSums<Op>(y, n, width) && finite;
    x += (<usize>width) << 2;
    y += (<usize>width) << 2;
    columns -= width;
  }
  return finite;
}

/** y[j] = Op of the sums in fixedScratch, for j < inner. Returns whether all are finite. */
function storeSums<Op>(y: usize, n: i32, inner: i32): bool {
  let sums = fixedScratch;
  // What was read past the last column must not make the sums count as not finite.
  for (let j = inner; j & 3; j++) store<f64>(fixedScratch + ((<usize>j) << 3), 0);
  let zero = f64x2.splat(0);
  const divisor = f64x2.splat(<f64>n);
  while (inner > 0) {
    const low = v128.load(sums);
    const high = v128.load(sums, 16);
    zero = f64x2.add(zero, f64x2.add(f64x2.sub(low, low), f64x2.sub(high, high)));
    const values = v128.shuffle<i64>(
      f32x4.demote_f64x2_zero(finish<Op>(low, divisor)),
      f32x4.demote_f64x2_zero(finish<Op>(high, divisor)),
      0,
      2,
    );
    if (inner < 4) {
      storePartial(y, values, inner);
      break;
    }
    v128.store(y, values);
    y += 16;
    sums += 32;
    inner -= 4;
  }
  return !v128.any_true(f64x2.ne(zero, zero));
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
  if (outer == 1 && inner > STRIP && (inner & 3) == 0 && threadCount() > 1) {
    const strips = (inner + STRIP - 1) / STRIP;
    parallel(isMean ? meanOfStrips.index : sumOfStrips.index, strips, itemsOf(COPY_CHUNK_FLOATS, ofColumn * STRIP));
    if (!job.finite) reduceInOrder<Op, f32, f32>(x, y, 1, n, inner);
    return;
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
