/**
 * The two feature levels, and the vector idioms that every kernel shares. Nothing else in assembly/ knows which
 * level it is compiled for: `--use RELAXED=1` in asconfig.json defines the constant.
 */

/** Whether this build has relaxed SIMD: a fused multiply-add in one instruction. */
// @ts-ignore: decorator
@inline
export const RELAXED: bool = isDefined(RELAXED_SIMD);

/** a * b + c on four floats: rounded once at the relaxed level, twice at the simd level. */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (isDefined(RELAXED_SIMD)) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
