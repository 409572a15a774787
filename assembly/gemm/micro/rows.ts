/** Micro-kernels for an A that is stored row by row. tile.ts has the arguments and the loop. */
import {ByRows, Eight, EightByFive, Four, tile} from './tile';

/** A(i, k) is at a + i * stepA + 4 * k. */
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

/** The same for at most five rows; a sixth is not computed. */
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
