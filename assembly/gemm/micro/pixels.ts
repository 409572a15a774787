/**
 * Micro-kernels of indirect convolution: A is read through a list of pixel offsets. tile.ts has the arguments and the
 * loop.
 */
import {ByRows, Eight, EightByFive, Four, tile} from './tile';

/**
 * A(i, k) is at stepA + pixels[i] + 4 * k: `a` is the address of the int32 list `pixels` of byte offsets, `stepA` the
 * address from which they count.
 */
export function gemm_f32_pixels_x8(
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
  tileByPixels<Eight>(a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}
/** The same for at most five rows; a sixth is not computed. */
export function gemm_f32_pixels_5x8(
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
  tileByPixels<EightByFive>(a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}
export function gemm_f32_pixels_x4(
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
  tileByPixels<Four>(a, stepA, b, stepB, k, start, ldStart, c, ldc, rows);
}

// @ts-ignore: decorator
@inline
function tileByPixels<Wide>(
  pixels: usize,
  a: usize,
  b: usize,
  stepB: usize,
  k: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  rows: i32,
): void {
  const last: usize = (rows - 1) << 2;
  const a0 = a + load<u32>(pixels);
  const a1 = a + load<u32>(pixels + min(last, 4));
  const a2 = a + load<u32>(pixels + min(last, 8));
  const a3 = a + load<u32>(pixels + min(last, 12));
  const a4 = a + load<u32>(pixels + min(last, 16));
  const a5 = a + load<u32>(pixels + min(last, 20));
  tile<Wide, ByRows>(a0, a1, a2, a3, a4, a5, 0, b, stepB, k, start, ldStart, c, ldc, rows);
}
