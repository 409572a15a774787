/**
 * Column sums of float32: four rows at a time are added in float32, in pairs, and those sums in float64, to sums in
 * fixedScratch. Up to 16 columns at a time stay in registers.
 */
import {fixedScratch} from '../memory';
import {promoteHigh} from '../simd';

/** Where several strips of columns read the rows, they do so in blocks of at most this many bytes. */
const BLOCK_BYTES: i32 = 16384;

// @ts-ignore: decorator
@inline
export function sumOfFour(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  return f32x4.add(f32x4.add(v128.load(p0), v128.load(p1)), f32x4.add(v128.load(p2), v128.load(p3)));
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

/** Adds `rows` rows of `width` floats, `pitch` bytes apart, to the float64 sums in fixedScratch, which are whole vectors. */
export function addRows(x: usize, pitch: usize, rows: i32, width: i32): void {
  const vectors = (width + 3) >> 2;
  let block = vectors > 4 ? max(4, (BLOCK_BYTES / (width << 2)) & ~3) : rows;
  while (rows > 0) {
    block = min(block, rows);
    let p = x;
    let q = fixedScratch;
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
