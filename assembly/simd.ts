/**
 * The two feature levels, and vector idioms that the kernels share. `--use RELAXED_SIMD=1` in asconfig.json chooses the
 * level; RELAXED_SIMD is read in this file only. Elsewhere only MR (tuning.ts) differs between the levels.
 */

/** Whether this build has relaxed SIMD: a fused multiply-add in one instruction. */
// @ts-ignore: decorator
@inline
export const RELAXED: bool = isDefined(RELAXED_SIMD);

/** Whether this build is that of mnist-wasm/inference, without what only makes rare calls faster (`--use INFERENCE=1`). */
// @ts-ignore: decorator
@inline
export const IS_INFERENCE: bool = isDefined(INFERENCE);

/** a * b + c on four floats: rounded once at the relaxed level, twice at the simd level. */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (isDefined(RELAXED_SIMD)) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** c - a * b on four floats, rounded as fma() is. */
// @ts-ignore: decorator
@inline
export function fnma(a: v128, b: v128, c: v128): v128 {
  if (isDefined(RELAXED_SIMD)) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/** a * b + c on two doubles. */
// @ts-ignore: decorator
@inline
export function fmaDouble(a: v128, b: v128, c: v128): v128 {
  if (isDefined(RELAXED_SIMD)) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/** Stores the first n floats of x, 0 <= n < 4: the tail of a row that another row follows. */
// @ts-ignore: decorator
@inline
export function storePartial(y: usize, x: v128, n: i32): void {
  if (n & 2) {
    v128.store64_lane(y, x, 0);
    y += 8;
    x = v128.shuffle<f64>(x, x, 1, 1);
  }
  if (n & 1) v128.store32_lane(y, x, 0);
}

/** JavaScript's ToInt32, as for a store into an Int32Array: modulo 2^32; 0 for NaN and infinities. */
// @ts-ignore: decorator
@inline
export function toInt32(x: f64): i32 {
  return abs(x) < 9223372036854775808.0 ? <i32>(<i64>x) : largeToInt32(x);
}

function largeToInt32(x: f64): i32 {
  const bits = reinterpret<u64>(x);
  const exponent = <i32>((bits >> 52) & 0x7ff) - 1075;
  // From 2^84 on the low 32 bits are zero. NaN and infinities have the largest exponent.
  if (exponent > 31) return 0;
  const magnitude = <i32>(((bits & 0xfffffffffffff) | 0x10000000000000) << exponent);
  return <i64>bits < 0 ? -magnitude : magnitude;
}

/** The masks of four comparisons of four elements, as 16 bytes of 0 or 1. */
// @ts-ignore: decorator
@inline
export function packMasks(a: v128, b: v128, c: v128, d: v128): v128 {
  const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
  return i8x16.abs(bytes);
}

/** The magnitudes of x with the signs of y, on four floats. */
// @ts-ignore: decorator
@inline
export function copySign(x: v128, y: v128): v128 {
  return v128.bitselect(y, x, i32x4.splat(0x80000000));
}

/** The upper two floats of x as doubles; f64x2.promote_low_f32x4 converts the lower two. */
// @ts-ignore: decorator
@inline
export function promoteHigh(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
}

/** y[i] += x[i] for i < n; nothing is written past the end. */
// @ts-ignore: decorator
@inline
export function addFloats(x: usize, y: usize, n: i32): void {
  while (n >= 4) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
    x += 16;
    y += 16;
    n -= 4;
  }
  while (n > 0) {
    store<f32>(y, load<f32>(y) + load<f32>(x));
    x += 4;
    y += 4;
    n--;
  }
}
