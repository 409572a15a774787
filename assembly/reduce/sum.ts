/**
 * Sums and means of float32 over the middle one of three dimensions: x is [outer, n, inner], y is [outer, inner].
 *
 * Four rows are added in float32, in pairs, and those sums in float64: the error stays at some 1e-7 of the sum of
 * magnitudes for any n, at the speed of the memory (float64 throughout: 31 GB/s in cache, this 55). The order depends
 * on n and inner alone.
 */
import {TILE} from '../memory';
import {promoteHigh, storePartial} from '../simd';
import {Mean, reduceInOrder, Sum} from './in_order';

/** The columns whose float64 sums fit into TILE. */
const MAX_COLUMNS: i32 = 128;
/** Up to this many columns, up to four rows (more of short ones) are taken as one, so that they fill whole vectors. */
const MAX_FOLDED: i32 = 32;
/** Rows are taken in blocks of at most this many bytes where several strips of columns go over them. */
const BLOCK_BYTES: i32 = 16384;

// @ts-ignore: decorator
@inline
function finish<Op>(sums: v128, divisor: v128): v128 {
  if (idof<Op>() == idof<Mean>()) return f64x2.div(sums, divisor);
  return sums;
}

// @ts-ignore: decorator
@inline
function sumOfFour(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  return f32x4.add(f32x4.add(v128.load(p0), v128.load(p1)), f32x4.add(v128.load(p2), v128.load(p3)));
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
  const pairs = <usize>(n >> 1) << 3;
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
 * Adds `rows` rows of `vectors` (a constant, 1 to 4) vectors each, `pitch` bytes apart, to the float64 sums at `sums`.
 */
// @ts-ignore: decorator
@inline
function addStrip(vectors: i32, x: usize, pitch: usize, rows: i32, sums: usize): void {
  let low0 = v128.load(sums);
  let high0 = v128.load(sums, 16);
  let low1 = low0;
  let high1 = high0;
  let low2 = low0;
  let high2 = high0;
  let low3 = low0;
  let high3 = high0;
  if (vectors > 1) {
    low1 = v128.load(sums, 32);
    high1 = v128.load(sums, 48);
  }
  if (vectors > 2) {
    low2 = v128.load(sums, 64);
    high2 = v128.load(sums, 80);
  }
  if (vectors > 3) {
    low3 = v128.load(sums, 96);
    high3 = v128.load(sums, 112);
  }
  let k = rows >> 2;
  while (k > 0) {
    const x1 = x + pitch;
    const x2 = x1 + pitch;
    const x3 = x2 + pitch;
    let t = sumOfFour(x, x1, x2, x3);
    low0 = f64x2.add(low0, f64x2.promote_low_f32x4(t));
    high0 = f64x2.add(high0, promoteHigh(t));
    if (vectors > 1) {
      t = sumOfFour(x + 16, x1 + 16, x2 + 16, x3 + 16);
      low1 = f64x2.add(low1, f64x2.promote_low_f32x4(t));
      high1 = f64x2.add(high1, promoteHigh(t));
    }
    if (vectors > 2) {
      t = sumOfFour(x + 32, x1 + 32, x2 + 32, x3 + 32);
      low2 = f64x2.add(low2, f64x2.promote_low_f32x4(t));
      high2 = f64x2.add(high2, promoteHigh(t));
    }
    if (vectors > 3) {
      t = sumOfFour(x + 48, x1 + 48, x2 + 48, x3 + 48);
      low3 = f64x2.add(low3, f64x2.promote_low_f32x4(t));
      high3 = f64x2.add(high3, promoteHigh(t));
    }
    x = x3 + pitch;
    k--;
  }
  k = rows & 3;
  while (k > 0) {
    low0 = f64x2.add(low0, f64x2.promote_low_f32x4(v128.load64_zero(x)));
    high0 = f64x2.add(high0, f64x2.promote_low_f32x4(v128.load64_zero(x, 8)));
    if (vectors > 1) {
      low1 = f64x2.add(low1, f64x2.promote_low_f32x4(v128.load64_zero(x, 16)));
      high1 = f64x2.add(high1, f64x2.promote_low_f32x4(v128.load64_zero(x, 24)));
    }
    if (vectors > 2) {
      low2 = f64x2.add(low2, f64x2.promote_low_f32x4(v128.load64_zero(x, 32)));
      high2 = f64x2.add(high2, f64x2.promote_low_f32x4(v128.load64_zero(x, 40)));
    }
    if (vectors > 3) {
      low3 = f64x2.add(low3, f64x2.promote_low_f32x4(v128.load64_zero(x, 48)));
      high3 = f64x2.add(high3, f64x2.promote_low_f32x4(v128.load64_zero(x, 56)));
    }
    x += pitch;
    k--;
  }
  v128.store(sums, low0);
  v128.store(sums, high0, 16);
  if (vectors > 1) {
    v128.store(sums, low1, 32);
    v128.store(sums, high1, 48);
  }
  if (vectors > 2) {
    v128.store(sums, low2, 64);
    v128.store(sums, high2, 80);
  }
  if (vectors > 3) {
    v128.store(sums, low3, 96);
    v128.store(sums, high3, 112);
  }
}

function addStrip1(x: usize, pitch: usize, rows: i32, sums: usize): void {
  addStrip(1, x, pitch, rows, sums);
}
function addStrip2(x: usize, pitch: usize, rows: i32, sums: usize): void {
  addStrip(2, x, pitch, rows, sums);
}
function addStrip3(x: usize, pitch: usize, rows: i32, sums: usize): void {
  addStrip(3, x, pitch, rows, sums);
}
function addStrip4(x: usize, pitch: usize, rows: i32, sums: usize): void {
  addStrip(4, x, pitch, rows, sums);
}

/** Adds `rows` rows of `width` floats, `pitch` bytes apart, to the float64 sums in TILE, which are whole vectors. */
function addRows(x: usize, pitch: usize, rows: i32, width: i32): void {
  const vectors = (width + 3) >> 2;
  let block = vectors > 4 ? max(4, (BLOCK_BYTES / (width << 2)) & ~3) : rows;
  while (rows > 0) {
    block = min(block, rows);
    let p = x;
    let q = TILE;
    let left = vectors;
    while (left > 3) {
      addStrip4(p, pitch, block, q);
      p += 64;
      q += 128;
      left -= 4;
    }
    if (left == 3) addStrip3(p, pitch, block, q);
    else if (left == 2) addStrip2(p, pitch, block, q);
    else if (left == 1) addStrip1(p, pitch, block, q);
    x += <usize>block * pitch;
    rows -= block;
  }
}

/** How many rows of `inner` columns, at most MAX_FOLDED, fill whole vectors, and three or four where rows are short. */
function rowsToFold(inner: i32): i32 {
  if (inner < 4) return inner == 3 ? 4 : 16 / inner;
  return inner & 1 ? 4 : inner & 2 ? 2 : 1;
}

/** TILE[to + j] += TILE[from + j] for j < n, float64. */
function addSums(to: i32, from: i32, n: i32): void {
  let p = TILE + (<usize>to << 3);
  let q = TILE + (<usize>from << 3);
  while (n > 0) {
    store<f64>(p, load<f64>(p) + load<f64>(q));
    p += 8;
    q += 8;
    n--;
  }
}

/** y[j] = Op over i of x[i, j] for i < n and j < inner <= MAX_FOLDED; whether all are finite. */
function sumFolded<Op>(x: usize, y: usize, n: i32, inner: i32): bool {
  const fold = rowsToFold(inner);
  const width = inner * fold;
  const pitch = <usize>width << 2;
  const rows = n / fold;
  memory.fill(TILE, 0, 1024);
  addRows(x, pitch, rows, width);
  // The rows that are left over are the beginning of one more.
  const rest = (n - rows * fold) * inner;
  x += <usize>rows * pitch;
  for (let j = 0; j < rest; j++) {
    const p = TILE + (<usize>j << 3);
    store<f64>(p, load<f64>(p) + <f64>load<f32>(x + (<usize>j << 2)));
  }
  for (let i = 1; i < fold; i++) addSums(0, i * inner, inner);
  return storeSums<Op>(y, n, inner);
}

/** The same for any number of columns, `width` of them at a time. */
function sumColumns<Op>(x: usize, y: usize, n: i32, inner: i32): bool {
  const pitch = <usize>inner << 2;
  let finite = true;
  while (inner > 0) {
    const width = min(inner, MAX_COLUMNS);
    memory.fill(TILE, 0, 1024);
    addRows(x, pitch, n, width);
    finite = storeSums<Op>(y, n, width) && finite;
    x += <usize>width << 2;
    y += <usize>width << 2;
    inner -= width;
  }
  return finite;
}

/** y[j] = Op of the sums in TILE, for j < inner; whether all are finite. */
function storeSums<Op>(y: usize, n: i32, inner: i32): bool {
  let sums = TILE;
  // What was read behind the last column must not count as a sum.
  for (let j = inner; j & 3; j++) store<f64>(TILE + (<usize>j << 3), 0);
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

// @ts-ignore: decorator
@inline
function sum<Op>(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  if (n == 0) {
    memory.fill(y, 0, (<usize>outer * <usize>inner) << 2);
    return;
  }
  if (inner == 1 && n < 16) {
    sumShortRows<Op>(x, y, outer, n);
    return;
  }
  const pitch = (<usize>n * <usize>inner) << 2;
  while (outer > 0) {
    let finite = true;
    if (inner == 1) {
      const total = sumRow(x, n);
      store<f32>(y, <f32>(idof<Op>() == idof<Mean>() ? total / <f64>n : total));
      finite = total - total == 0;
    } else if (inner <= MAX_FOLDED) {
      finite = sumFolded<Op>(x, y, n, inner);
    } else {
      finite = sumColumns<Op>(x, y, n, inner);
    }
    // Four large numbers may leave the range of float32 where all of them together do not.
    if (!finite) reduceInOrder<Op, f32, f32>(x, y, 1, n, inner);
    x += pitch;
    y += <usize>inner << 2;
    outer--;
  }
}

/** y[o, i] = sum over r of x[o, r, i]; outer and inner >= 1, n >= 0. */
export function sum_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  sum<Sum>(x, y, outer, n, inner);
}

/** The same divided by n; 0 where n is 0, as for a sum of nothing. */
export function mean_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  sum<Mean>(x, y, outer, n, inner);
}
