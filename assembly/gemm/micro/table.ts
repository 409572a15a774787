/** A read through a table of offsets; what the arguments are, and the loop, is in tile.ts. */
import {ByTable, Eight, EightByFive, Four, tile} from './tile';

/** A(i, k) at a + table[k] + 4 * i, `stepA` being the address of the int32 table: an image of one channel. */
export function gemm_f32_table_x8(
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
  tile<Eight, ByTable>(a, a, a, a, a, a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}
/** The same for at most five rows, at no cost for a sixth. */
export function gemm_f32_table_5x8(
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
  tile<EightByFive, ByTable>(a, a, a, a, a, a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}
export function gemm_f32_table_x4(
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
  tile<Four, ByTable>(a, a, a, a, a, a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}
