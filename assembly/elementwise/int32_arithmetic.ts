/** Arithmetic on four int32, with results as if computed in double and stored modulo 2^32, as in JavaScript. */
import {ZEROS} from '../memory';
import {toInt32} from '../simd';

/** a b. */
// @ts-ignore: decorator
@inline
export function multiply(a: v128, b: v128): v128 {
  // Up to 2^53 a double holds the product exactly, and its low 32 bits are what i32x4.mul gives.
  const large = v128.or(i32x4.abs(a), i32x4.abs(b));
  if (v128.any_true(i32x4.shr_u(large, 26))) return multiplyLarge(a, b);
  return i32x4.mul(a, b);
}

function multiplyLarge(a: v128, b: v128): v128 {
  const low = f64x2.mul(f64x2.convert_low_i32x4_s(a), f64x2.convert_low_i32x4_s(b));
  const high = f64x2.mul(f64x2.convert_low_i32x4_s(upper(a)), f64x2.convert_low_i32x4_s(upper(b)));
  return toInt32s(low, high);
}

/** (a - b)^2. */
// @ts-ignore: decorator
@inline
export function squaredDifference(a: v128, b: v128): v128 {
  const large = v128.or(i32x4.abs(a), i32x4.abs(b));
  if (v128.any_true(i32x4.shr_u(large, 25))) return squaredDifferenceLarge(a, b);
  const d = i32x4.sub(a, b);
  return i32x4.mul(d, d);
}

function squaredDifferenceLarge(a: v128, b: v128): v128 {
  const low = f64x2.sub(f64x2.convert_low_i32x4_s(a), f64x2.convert_low_i32x4_s(b));
  const high = f64x2.sub(f64x2.convert_low_i32x4_s(upper(a)), f64x2.convert_low_i32x4_s(upper(b)));
  return toInt32s(f64x2.mul(low, low), f64x2.mul(high, high));
}

/** JavaScript's ToInt32 of four doubles. */
// @ts-ignore: decorator
@inline
export function toInt32s(low: v128, high: v128): v128 {
  return eachToInt32(low, high);
}

function eachToInt32(low: v128, high: v128): v128 {
  // What reads memory has an effect. Without one, Binaryen makes `condition ? call : value` a select, which calls always:
  // multiply() took 2.2 ns an element instead of 0.2.
  let y = v128.load(ZEROS);
  y = i32x4.replace_lane(y, 0, toInt32(f64x2.extract_lane(low, 0)));
  y = i32x4.replace_lane(y, 1, toInt32(f64x2.extract_lane(low, 1)));
  y = i32x4.replace_lane(y, 2, toInt32(f64x2.extract_lane(high, 0)));
  return i32x4.replace_lane(y, 3, toInt32(f64x2.extract_lane(high, 1)));
}

/** The upper two lanes of x in the place of the lower two, which conversions read. */
// @ts-ignore: decorator
@inline
export function upper(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 1);
}

/** a / b, rounded down or towards zero; 0 where b is 0. */
// @ts-ignore: decorator
@inline
export function divide(a: v128, b: v128, down: bool): v128 {
  // In double, the quotient of two int32 never rounds to an integer that it does not reach.
  const low = quotient(f64x2.convert_low_i32x4_s(a), f64x2.convert_low_i32x4_s(b), down);
  const high = quotient(f64x2.convert_low_i32x4_s(upper(a)), f64x2.convert_low_i32x4_s(upper(b)), down);
  const q = v128.shuffle<i64>(i32x4.trunc_sat_f64x2_s_zero(low), i32x4.trunc_sat_f64x2_s_zero(high), 0, 2);
  // -2^31 / -1 saturates at 2^31 - 1: one more is -2^31.
  const minusOne = i32x4.splat(-1);
  const overflow = v128.and(i32x4.eq(a, i32x4.splat(i32.MIN_VALUE)), i32x4.eq(b, minusOne));
  return v128.andnot(i32x4.sub(q, overflow), i32x4.eq(b, i32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function quotient(a: v128, b: v128, down: bool): v128 {
  const q = f64x2.div(a, b);
  return down ? f64x2.floor(q) : f64x2.trunc(q);
}

/** The remainder of a / b with the sign of b; 0 where b is 0. */
// @ts-ignore: decorator
@inline
export function modulo(a: v128, b: v128): v128 {
  const zero = i32x4.splat(0);
  const r = v128.andnot(i32x4.sub(a, i32x4.mul(divide(a, b, false), b)), i32x4.eq(b, zero));
  const signsDiffer = i32x4.lt_s(v128.xor(r, b), zero);
  return i32x4.add(r, v128.and(b, v128.andnot(signsDiffer, i32x4.eq(r, zero))));
}
