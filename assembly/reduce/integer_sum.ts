/**
 * Sums and means of int32 and bool along the middle of three dimensions: x is [outer, n, inner], y is [outer, inner], all
 * sizes >= 0. Sums are exact: modulo 2^32 where the result is int32, for the mean of int32 in int64.
 */
import {fixedScratch} from '../memory';
import {Mean, reduceInOrder, Sum} from './in_order';

/** Rows, and matrices, of fewer elements are summed one element after another. */
const MIN_ROW: i32 = 16;
const MIN_MATRIX: i32 = 512;
/** Up to this many columns, rows are folded: several are taken as one. */
const MAX_FOLDED: i32 = 16;

/** y[o, i] = sum over r of x[o, r, i], int32, modulo 2^32. */
export function sum_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  sum<Sum, i32, i32>(x, y, outer, n, inner);
}
/** The same of bytes. */
export function sum_bool(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  sum<Sum, u8, i32>(x, y, outer, n, inner);
}
/** y[o, i] = the mean over r of x[o, r, i], float32; 0 where n is 0. */
export function mean_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  sum<Mean, i32, i64>(x, y, outer, n, inner);
}
export function mean_bool(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  sum<Mean, u8, i32>(x, y, outer, n, inner);
}

/** Total is the type of the sums while they grow. */
// @ts-ignore: decorator
@inline
function sum<Op, In, Total>(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  const size = <u64>n * <u64>inner;
  if (inner == 1 ? n < MIN_ROW : size < <u64>MIN_MATRIX) {
    if (idof<Op>() == idof<Mean>()) reduceInOrder<Op, In, f32>(x, y, outer, n, inner);
    else reduceInOrder<Op, In, i32>(x, y, outer, n, inner);
    return;
  }
  while (outer > 0) {
    if (inner == 1) finish<Op>(y, <i64>sumRow<In, Total>(x, n), n);
    else sumColumns<Op, In, Total>(x, y, n, inner);
    x += <usize>size * sizeof<In>();
    y += (<usize>inner) << 2;
    outer--;
  }
}

/** Stores a sum of n terms, or their mean. */
// @ts-ignore: decorator
@inline
function finish<Op>(y: usize, total: i64, n: i32): void {
  if (idof<Op>() == idof<Mean>()) store<f32>(y, <f32>(<f64>total / <f64>n));
  else store<i32>(y, <i32>total);
}

/** The sum of n elements from x on. */
// @ts-ignore: decorator
@inline
function sumRow<In, Total>(x: usize, n: i32): Total {
  let first = i64x2.splat(0);
  let second = i64x2.splat(0);
  const perVector = 16 / <i32>sizeof<In>();
  let k = n / (2 * perVector);
  while (k > 0) {
    first = addToTotals<In, Total>(first, v128.load(x));
    second = addToTotals<In, Total>(second, v128.load(x, 16));
    x += 32;
    k--;
  }
  let total: Total;
  if (sizeof<Total>() == 8) {
    first = i64x2.add(first, second);
    total = <Total>(i64x2.extract_lane(first, 0) + i64x2.extract_lane(first, 1));
  } else {
    first = i32x4.add(first, second);
    total = <Total>(
      (i32x4.extract_lane(first, 0) +
        i32x4.extract_lane(first, 1) +
        i32x4.extract_lane(first, 2) +
        i32x4.extract_lane(first, 3))
    );
  }
  k = n % (2 * perVector);
  while (k > 0) {
    total += <Total>load<In>(x);
    x += sizeof<In>();
    k--;
  }
  return total;
}

/** Adds all elements of a vector to vectors of two or four totals, to any of them. */
// @ts-ignore: decorator
@inline
function addToTotals<In, Total>(totals: v128, x: v128): v128 {
  if (sizeof<In>() == 1) return i32x4.add(totals, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(x)));
  if (sizeof<Total>() == 4) return i32x4.add(totals, x);
  return i64x2.add(totals, i64x2.add(i64x2.extend_low_i32x4_s(x), i64x2.extend_high_i32x4_s(x)));
}

/** y[i] = Op over r of x[r, i] for r < n, i < inner, as many columns at a time as have their sums in fixedScratch. */
// @ts-ignore: decorator
@inline
function sumColumns<Op, In, Total>(x: usize, y: usize, n: i32, inner: i32): void {
  const columns = 1024 / <i32>sizeof<Total>();
  const pitch = <usize>inner * sizeof<In>();
  if (inner <= MAX_FOLDED) {
    // Rows that are folded are whole vectors.
    const fold = (columns / inner) & ~(16 / <i32>sizeof<In>() - 1);
    const width = fold * inner;
    const rows = n / fold;
    memory.fill(fixedScratch, 0, 1024);
    addRows<In, Total>(x, pitch * fold, rows, width);
    addRows<In, Total>(x + <usize>rows * <usize>fold * pitch, 0, 1, (n - rows * fold) * inner);
    for (let i = inner; i < width; i++) {
      const to = fixedScratch + <usize>(i % inner) * sizeof<Total>();
      store<Total>(to, load<Total>(to) + load<Total>(fixedScratch + <usize>i * sizeof<Total>()));
    }
    finishColumns<Op, Total>(y, n, inner);
    return;
  }
  while (inner > 0) {
    const width = min(inner, columns);
    memory.fill(fixedScratch, 0, 1024);
    addRows<In, Total>(x, pitch, n, width);
    finishColumns<Op, Total>(y, n, width);
    x += <usize>width * sizeof<In>();
    y += (<usize>width) << 2;
    inner -= width;
  }
}

/** Stores the sums in fixedScratch, or the means. */
// @ts-ignore: decorator
@inline
function finishColumns<Op, Total>(y: usize, n: i32, width: i32): void {
  let sums = fixedScratch;
  const end = y + ((<usize>width) << 2);
  while (y < end) {
    finish<Op>(y, <i64>load<Total>(sums), n);
    y += 4;
    sums += sizeof<Total>();
  }
}

/** fixedScratch[i] += x[r, i] for r < rows, i < width; rows of x are pitch bytes apart. */
// @ts-ignore: decorator
@inline
function addRows<In, Total>(x: usize, pitch: usize, rows: i32, width: i32): void {
  const perVector = 16 / <i32>sizeof<In>();
  while (rows > 0) {
    let p = x;
    let sums = fixedScratch;
    let k = width / perVector;
    while (k > 0) {
      const values = v128.load(p);
      if (sizeof<In>() == 1) {
        const low = i16x8.extend_low_i8x16_u(values);
        const high = i16x8.extend_high_i8x16_u(values);
        addWords(sums, i32x4.extend_low_i16x8_u(low));
        addWords(sums + 16, i32x4.extend_high_i16x8_u(low));
        addWords(sums + 32, i32x4.extend_low_i16x8_u(high));
        addWords(sums + 48, i32x4.extend_high_i16x8_u(high));
      } else if (sizeof<Total>() == 4) {
        addWords(sums, values);
      } else {
        v128.store(sums, i64x2.add(v128.load(sums), i64x2.extend_low_i32x4_s(values)));
        v128.store(sums, i64x2.add(v128.load(sums, 16), i64x2.extend_high_i32x4_s(values)), 16);
      }
      p += 16;
      sums += <usize>perVector * sizeof<Total>();
      k--;
    }
    k = width & (perVector - 1);
    while (k > 0) {
      store<Total>(sums, load<Total>(sums) + <Total>load<In>(p));
      p += sizeof<In>();
      sums += sizeof<Total>();
      k--;
    }
    x += pitch;
    rows--;
  }
}

// @ts-ignore: decorator
@inline
function addWords(sums: usize, values: v128): void {
  v128.store(sums, i32x4.add(v128.load(sums), values));
}
