/** The sums of a block of rows for four columns, in float32, added to sums in float64. */
import {fma, promoteHigh} from '../simd';

/** The mean of four columns of a block, about. */
// @ts-ignore: decorator
@inline
export function meanOfBlock(x: usize, rows: i32, pitch: usize): v128 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  let k = rows >> 2;
  while (k > 0) {
    even = f32x4.add(even, f32x4.add(v128.load(x), v128.load(x + pitch)));
    odd = f32x4.add(odd, f32x4.add(v128.load(x + 2 * pitch), v128.load(x + 3 * pitch)));
    x += pitch << 2;
    k--;
  }
  for (k = rows & 3; k > 0; k--) {
    even = f32x4.add(even, v128.load(x));
    x += pitch;
  }
  return f32x4.mul(f32x4.add(even, odd), f32x4.splat(1 / <f32>rows));
}

/** Adds the deviations of four columns of a block from the centre, and their squares. */
export function addStatistics(x: usize, rows: i32, pitch: usize, centre: usize, sums: usize, nextSums: usize): void {
  const mean = meanOfBlock(x, rows, pitch);
  const from = v128.load(centre);
  let even = f32x4.splat(0);
  let odd = even;
  let evenSquares = even;
  let oddSquares = even;
  let k = rows >> 2;
  while (k > 0) {
    const a = f32x4.sub(v128.load(x), mean);
    const b = f32x4.sub(v128.load(x + pitch), mean);
    const c = f32x4.sub(v128.load(x + 2 * pitch), mean);
    const d = f32x4.sub(v128.load(x + 3 * pitch), mean);
    even = f32x4.add(even, f32x4.add(a, b));
    odd = f32x4.add(odd, f32x4.add(c, d));
    evenSquares = f32x4.add(evenSquares, fma(a, a, f32x4.mul(b, b)));
    oddSquares = f32x4.add(oddSquares, fma(c, c, f32x4.mul(d, d)));
    x += pitch << 2;
    k--;
  }
  for (k = rows & 3; k > 0; k--) {
    const a = f32x4.sub(v128.load(x), mean);
    even = f32x4.add(even, a);
    evenSquares = fma(a, a, evenSquares);
    x += pitch;
  }
  const deviations = f32x4.add(even, odd);
  const squares = f32x4.add(evenSquares, oddSquares);
  const count = f64x2.splat(<f64>rows);
  shift(
    sums,
    nextSums,
    f64x2.promote_low_f32x4(deviations),
    f64x2.promote_low_f32x4(squares),
    f64x2.promote_low_f32x4(mean),
    f64x2.promote_low_f32x4(from),
    count,
  );
  shift(
    sums + 16,
    nextSums,
    promoteHigh(deviations),
    promoteHigh(squares),
    promoteHigh(mean),
    promoteHigh(from),
    count,
  );
}

/** Adds sums of `count` deviations d from `mean`, and of their squares, to those from `centre`, where they are d + e. */
// @ts-ignore: decorator
@inline
function shift(
  sums: usize,
  nextSums: usize,
  deviations: v128,
  squares: v128,
  mean: v128,
  centre: v128,
  count: v128,
): void {
  const e = f64x2.sub(mean, centre);
  const moved = f64x2.add(deviations, f64x2.mul(count, e));
  const cross = f64x2.mul(e, f64x2.add(moved, deviations));
  v128.store(sums, f64x2.add(v128.load(sums), moved));
  v128.store(sums + nextSums, f64x2.add(v128.load(sums + nextSums), f64x2.add(squares, cross)));
}

/** Adds the gradients of four columns of a block, and their products with the deviations. */
export function addProducts(
  dy: usize,
  x: usize,
  rows: i32,
  pitch: usize,
  centre: usize,
  sums: usize,
  nextSums: usize,
): void {
  const mean = v128.load(centre);
  let even = f32x4.splat(0);
  let odd = even;
  let evenProducts = even;
  let oddProducts = even;
  let k = rows >> 2;
  while (k > 0) {
    const a = v128.load(dy);
    const b = v128.load(dy + pitch);
    const c = v128.load(dy + 2 * pitch);
    const d = v128.load(dy + 3 * pitch);
    even = f32x4.add(even, f32x4.add(a, b));
    odd = f32x4.add(odd, f32x4.add(c, d));
    const first = f32x4.mul(a, f32x4.sub(v128.load(x), mean));
    const third = f32x4.mul(c, f32x4.sub(v128.load(x + 2 * pitch), mean));
    evenProducts = f32x4.add(evenProducts, fma(b, f32x4.sub(v128.load(x + pitch), mean), first));
    oddProducts = f32x4.add(oddProducts, fma(d, f32x4.sub(v128.load(x + 3 * pitch), mean), third));
    dy += pitch << 2;
    x += pitch << 2;
    k--;
  }
  for (k = rows & 3; k > 0; k--) {
    even = f32x4.add(even, v128.load(dy));
    evenProducts = fma(v128.load(dy), f32x4.sub(v128.load(x), mean), evenProducts);
    dy += pitch;
    x += pitch;
  }
  addPromoted(sums, f32x4.add(even, odd));
  addPromoted(sums + nextSums, f32x4.add(evenProducts, oddProducts));
}

/** Adds four floats to four doubles. */
// @ts-ignore: decorator
@inline
function addPromoted(sums: usize, values: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(values)));
  v128.store(sums, f64x2.add(v128.load(sums, 16), promoteHigh(values)), 16);
}
