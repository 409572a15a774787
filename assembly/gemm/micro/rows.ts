/** A as it is stored; what the arguments are, and the loop, is in tile.ts. */
import {ByRows, Eight, EightByFive, Four, tile} from './tile';

/** A(i, k) at a + i * stepA + 4 * k: A as it is stored. */
export function gemm_f32_rows_x8(
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  k: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  rows: i32,
): void {
  tileByRows<Eight>(a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}
export function gemm_f32_rows_x4(
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  k: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  rows: i32,
): void {
  tileByRows<Four>(a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}

/** The same for at most five rows, at no cost for a sixth. */
export function gemm_f32_rows_5x8(
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  k: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  rows: i32,
): void {
  tileByRows<EightByFive>(a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}

// @ts-ignore: decorator
@inline
function tileByRows<Wide>(
  a: usize,
  lda: usize,
  b: usize,
  stepB: usize,
  k: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  rows: i32,
): void {
  const a1 = rows > 1 ? a + lda : a;
  const a2 = rows > 2 ? a1 + lda : a1;
  const a3 = rows > 3 ? a2 + lda : a2;
  const a4 = rows > 4 ? a3 + lda : a3;
  const a5 = rows > 5 ? a4 + lda : a4;
  tile<Wide, ByRows>(a, a1, a2, a3, a4, a5, 0, b, stepB, k, start, ldStart, c, ldc, rows);
}
