/** Micro-kernels that read A through a table of offsets in k. tile.ts has the arguments and the loop. */
import {B_STEP} from '../pack';
import {ByTable, Eight, EightByFive, EightPooled, Four, tile} from './tile';

/**
 * A(i, k) is at a + table[k] + 4 * i: `stepA` is the address of the int32 table of byte offsets. For neighbouring
 * pixels of an image of one channel, and for one pixel of MR interleaved images. All MR rows are read.
 */
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
/** The same for at most five rows; a sixth is neither read nor computed. */
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
/** The same as gemm_f32_table_x8, and the largest of its relu and of `least`. */
export function gemm_f32_table_pooled_x8(
  a: usize,
  stepA: usize,
  b: usize,
  k: i32,
  start: usize,
  least: usize,
  ldLeast: usize,
  c: usize,
  ldc: usize,
  rows: i32,
): void {
  tile<EightPooled, ByTable>(a, a, a, a, a, a, stepA, b, B_STEP, k, start, 0, c, ldc, rows, least, ldLeast);
}
