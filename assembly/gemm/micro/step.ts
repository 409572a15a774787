/** Micro-kernels for an A that is packed, or stored transposed. tile.ts has the arguments and the loop. */
import {ByStep, Eight, EightByFive, Four, tile} from './tile';

/** A(i, k) is at a + k * stepA + 4 * i. All MR rows are read. */
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
/** The same for at most five rows; a sixth is neither read nor computed. */
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
