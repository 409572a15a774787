/** One row times a matrix: nothing is packed, since every element of B is read once. */
import {fma} from '../simd';

/** Rows of B in a block: 2304 x 4096 takes 1.9 ms at 16, 4.3 at 64, 3.7 at 256. */
// @ts-ignore: decorator
@inline
export const GEMV_ROWS: i32 = 16;

/** Columns of B that are summed up at a time. */
// @ts-ignore: decorator
@inline
export const GEMV_COLUMNS: i32 = 32;

/**
 * c[j] = start[j] + sum over k of a[k] * B[k][j], for j < 32; row k of B is at b + k * ldb, in bytes.
 *
 * One loop, k not unrolled, as in micro.ts.
 */
export function gemv_f32_x32(a: usize, b: usize, ldb: usize, k: i32, start: usize, c: usize): void {
  const zero = f32x4.splat(0);
  let c0 = zero, c1 = zero, c2 = zero, c3 = zero, c4 = zero, c5 = zero, c6 = zero, c7 = zero;
  while (k > 0) {
    const x = v128.load32_splat(a);
    c0 = fma(x, v128.load(b), c0);
    c1 = fma(x, v128.load(b, 16), c1);
    c2 = fma(x, v128.load(b, 32), c2);
    c3 = fma(x, v128.load(b, 48), c3);
    c4 = fma(x, v128.load(b, 64), c4);
    c5 = fma(x, v128.load(b, 80), c5);
    c6 = fma(x, v128.load(b, 96), c6);
    c7 = fma(x, v128.load(b, 112), c7);
    a += 4;
    b += ldb;
    k--;
  }
  v128.store(c, f32x4.add(c0, v128.load(start)));
  v128.store(c, f32x4.add(c1, v128.load(start, 16)), 16);
  v128.store(c, f32x4.add(c2, v128.load(start, 32)), 32);
  v128.store(c, f32x4.add(c3, v128.load(start, 48)), 48);
  v128.store(c, f32x4.add(c4, v128.load(start, 64)), 64);
  v128.store(c, f32x4.add(c5, v128.load(start, 80)), 80);
  v128.store(c, f32x4.add(c6, v128.load(start, 96)), 96);
  v128.store(c, f32x4.add(c7, v128.load(start, 112)), 112);
}
