/** A packed, or transposed; what the arguments are, and the loop, is in tile.ts. */
import {ByStep, Eight, EightByFive, Four, tile} from './tile';

/** A(i, k) at a + k * stepA + 4 * i: packed A, or A transposed. All MR rows are read. */
export function gemm_f32_step_x8(
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
  tile<Eight, ByStep>(a, a, a, a, a, a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}
/** The same for at most five rows, at no cost for a sixth. */
export function gemm_f32_step_5x8(
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
  tile<EightByFive, ByStep>(a, a, a, a, a, a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}
export function gemm_f32_step_x4(
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
  tile<Four, ByStep>(a, a, a, a, a, a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}
