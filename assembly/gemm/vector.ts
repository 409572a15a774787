/** A row vector times a matrix. Nothing is packed, since every element of B is read once. */
import {fma} from '../simd';

/**
 * Rows of B that are added in one pass over c: a B of 5408 x 200 takes 92 us with 4 of them, 115 with 8, 133 in blocks
 * of 16 rows and 32 columns; one of 4096 x 4096 takes 3.0, 6.0 and 4.0 ms.
 */
// @ts-ignore: decorator
@inline
export const GEMV_ROWS: i32 = 4;

/**
 * c[j] += sum over k < GEMV_ROWS of a[k] * B[k][j], for j < n, a multiple of 8; row k of B is at b + k * ldb, in bytes.
 */
export function gemv_f32_rows(a: usize, b: usize, ldb: usize, n: i32, c: usize): void {
  const a0 = v128.load32_splat(a),
    a1 = v128.load32_splat(a, 4);
  const a2 = v128.load32_splat(a, 8),
    a3 = v128.load32_splat(a, 12);
  let b1 = b + ldb;
  let b2 = b1 + ldb;
  let b3 = b2 + ldb;
  const end = c + ((<usize>n) << 2);
  while (c < end) {
    let low = fma(a0, v128.load(b), v128.load(c));
    let high = fma(a0, v128.load(b, 16), v128.load(c, 16));
    low = fma(a1, v128.load(b1), low);
    high = fma(a1, v128.load(b1, 16), high);
    low = fma(a2, v128.load(b2), low);
    high = fma(a2, v128.load(b2, 16), high);
    v128.store(c, fma(a3, v128.load(b3), low));
    v128.store(c, fma(a3, v128.load(b3, 16), high), 16);
    b += 32;
    b1 += 32;
    b2 += 32;
    b3 += 32;
    c += 32;
  }
}

/** The same for one row of B. */
export function gemv_f32_row(a: usize, b: usize, n: i32, c: usize): void {
  const a0 = v128.load32_splat(a);
  const end = c + ((<usize>n) << 2);
  while (c < end) {
    v128.store(c, fma(a0, v128.load(b), v128.load(c)));
    v128.store(c, fma(a0, v128.load(b, 16), v128.load(c, 16)), 16);
    b += 32;
    c += 32;
  }
}
