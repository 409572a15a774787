/**
 * Elementary functions on four floats. Each is valid over all of float32: subnormals, overflow, infinities and NaN give
 * what Math.* gives, rounded. The errors stated are the largest over all float32 arguments and both feature levels, in
 * units in the last place (ulp), as `npm run accuracy` measures them. Polynomials are minimax (Remez algorithm); the coefficients were rounded to
 * float32 one at a time, and the remaining ones fitted again each time.
 */
import {setSingle, single} from './constants';
import {fma} from './simd';

/** Slots in the table of constants. */
enum F {
  ONE,
  LOG2_E,
  MINUS_LN2_HIGH,
  MINUS_LN2_LOW,
  LN2_HIGH,
  LN2_LOW,
  EXP_LOWEST,
  EXP_HIGHEST,
  EXP_ROUND,
  EXP_C2,
  EXP_C3,
  EXP_C4,
  EXP_C5,
  EXP_C6,
  EXPM1_ROUND,
  EXPM1_LOWEST,
  TANH_SMALL,
  HALF,
  SQRT_HALF,
  LOG_C3,
  LOG_C5,
  LOG_C7,
  TWO,
  TWO_23,
  SIGN,
  LOG1P_C3,
  LOG1P_C5,
  LOG1P_C7,
  LOG1P_C9,
}

/** Fills the slots; part of init(). */
export function init_math(): void {
  setSingle(F.ONE, 1);
  setSingle(F.TWO, 2);
  setSingle(F.HALF, 0.5);
  setSingle(F.TWO_23, 8388608);
  setSingle(F.SIGN, -0.0);
  setSingle(F.SQRT_HALF, 0.7071067811865476);
  setSingle(F.LOG2_E, 1.4426950408889634);
  // The high part of ln(2) has 15 bits, so that its product with an exponent is exact.
  setSingle(F.MINUS_LN2_HIGH, -0.693145751953125);
  setSingle(F.MINUS_LN2_LOW, -1.428606765330187e-6);
  setSingle(F.LN2_HIGH, 0.693145751953125);
  setSingle(F.LN2_LOW, 1.428606765330187e-6);
  setSingle(F.EXP_LOWEST, -104);
  setSingle(F.EXP_HIGHEST, 89);
  // Adding 1.5 * 2^23 rounds to an integer, left in the low bits. EXP_ROUND adds twice the exponent bias to it,
  // EXPM1_ROUND the bias.
  setSingle(F.EXP_ROUND, 12582912 + 254);
  setSingle(F.EXPM1_ROUND, 12582912 + 127);
  setSingle(F.EXPM1_LOWEST, -20);
  setSingle(F.TANH_SMALL, -1.1);
  // e^r = 1 + r + r^2 (C2 + C3 r + ...) for |r| <= ln(2) / 2; relative error of e^r - 1 at most 2^-26.
  setSingle(F.EXP_C2, 0.4999999701976776);
  setSingle(F.EXP_C3, 0.16666537523269653);
  setSingle(F.EXP_C4, 0.041667740792036057);
  setSingle(F.EXP_C5, 0.00836731866002082825);
  setSingle(F.EXP_C6, 0.0013837860897183418);
  // ln((1 + s) / (1 - s)) = 2 s + s^3 (C3 + C5 s^2 + C7 s^4) for |s| <= 0.1716; relative error at most 2^-30.
  setSingle(F.LOG_C3, 0.6666677594184875);
  setSingle(F.LOG_C5, 0.39977559447288513);
  setSingle(F.LOG_C7, 0.29871898889541626);
  // The same for 0 <= s <= 1/3; at most 2^-27.
  setSingle(F.LOG1P_C3, 0.666664183139801);
  setSingle(F.LOG1P_C5, 0.40021440386772156);
  setSingle(F.LOG1P_C7, 0.28002938628196716);
  setSingle(F.LOG1P_C9, 0.2800736725330353);
}

/** max(x, 0); NaN stays NaN, and -0 becomes 0. */
// @ts-ignore: decorator
@inline
export function relu(x: v128): v128 {
  return v128.andnot(x, f32x4.le(x, f32x4.splat(0)));
}

/** e^r - 1 for |r| <= ln(2) / 2. */
// @ts-ignore: decorator
@inline
function expm1Reduced(r: v128): v128 {
  let p = fma(r, single(F.EXP_C6), single(F.EXP_C5));
  p = fma(p, r, single(F.EXP_C4));
  p = fma(p, r, single(F.EXP_C3));
  p = fma(p, r, single(F.EXP_C2));
  return fma(f32x4.mul(r, r), p, r);
}

/** x - n ln(2) in two steps (Cody and Waite); the first is exact. */
// @ts-ignore: decorator
@inline
function reduce(x: v128, n: v128): v128 {
  return fma(n, single(F.MINUS_LN2_LOW), fma(n, single(F.MINUS_LN2_HIGH), x));
}

/** e^x. Error: at most 1.04 ulp. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  // With x as the first argument, pmin and pmax keep NaN.
  x = f32x4.pmax(f32x4.pmin(x, single(F.EXP_HIGHEST)), single(F.EXP_LOWEST));
  const round = single(F.EXP_ROUND);
  const shifted = fma(x, single(F.LOG2_E), round);
  const p = expm1Reduced(reduce(x, f32x4.sub(shifted, round)));
  // 2^n as a product of two powers of two: n ranges from -150, where the result rounds to a subnormal, to 128, which is
  // more than one exponent field holds.
  const half = i32x4.shr_u(shifted, 1);
  const low = i32x4.shl(half, 23);
  const high = i32x4.shl(i32x4.sub(shifted, half), 23);
  return f32x4.mul(f32x4.mul(f32x4.add(p, single(F.ONE)), low), high);
}

/** e^x - 1 for x up to 88; except that -0 gives 0. Error: at most 1.67 ulp. */
// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  x = f32x4.pmax(x, single(F.EXPM1_LOWEST));
  const round = single(F.EXPM1_ROUND);
  const shifted = fma(x, single(F.LOG2_E), round);
  const p = expm1Reduced(reduce(x, f32x4.sub(shifted, round)));
  const scale = i32x4.shl(shifted, 23);
  return fma(scale, p, f32x4.sub(scale, single(F.ONE)));
}

/** 1 / (1 + e^-x). Error: at most 2.41 ulp. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  // By e = e^-|x|, which does not overflow; for x < 0, e / (1 + e) keeps subnormal results.
  const e = exp(v128.or(x, single(F.SIGN)));
  const one = single(F.ONE);
  return f32x4.div(v128.bitselect(e, one, i32x4.shr_s(x, 31)), f32x4.add(one, e));
}

/** The hyperbolic tangent. Error: at most 2.31 ulp. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const sign = single(F.SIGN);
  const z = f32x4.pmax(v128.or(f32x4.add(x, x), sign), single(F.EXPM1_LOWEST));
  const round = single(F.EXPM1_ROUND);
  const shifted = fma(z, single(F.LOG2_E), round);
  const p = expm1Reduced(reduce(z, f32x4.sub(shifted, round)));
  const scale = i32x4.shl(shifted, 23);
  // With q = e^-2|x|: (1 - q) / (1 + q) for 2 |x| < 1.1, else 1 - 2 q / (1 + q), which has smaller rounding errors
  // there.
  const one = single(F.ONE);
  const q = fma(scale, p, scale);
  const small = f32x4.gt(z, single(F.TANH_SMALL));
  const numerator = v128.bitselect(fma(scale, p, f32x4.sub(scale, one)), f32x4.add(q, q), small);
  const quotient = f32x4.div(numerator, f32x4.add(q, one));
  return v128.bitselect(x, v128.bitselect(quotient, f32x4.sub(one, quotient), small), sign);
}

/** ln(1 + e^x). Error: at most 2.87 ulp. */
// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  // max(x, 0) + ln(1 + e^-|x|)
  const e = exp(v128.or(x, single(F.SIGN)));
  const s = f32x4.div(e, f32x4.add(e, single(F.TWO)));
  const z = f32x4.mul(s, s);
  let r = fma(z, single(F.LOG1P_C9), single(F.LOG1P_C7));
  r = fma(z, r, single(F.LOG1P_C5));
  r = f32x4.mul(z, fma(z, r, single(F.LOG1P_C3)));
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), fma(s, r, f32x4.add(s, s)));
}

/** The natural logarithm. Error: at most 0.84 ulp. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  // One unsigned comparison finds all that is not a positive normal number.
  const fromSmallestNormal = i32x4.sub(x, i32x4.splat(0x00800000));
  if (v128.any_true(i32x4.ge_u(fromSmallestNormal, i32x4.splat(0x7f000000)))) return logOfAny(x);
  return logOfNormal(x, f32x4.splat(0));
}

/** ln(x) + k ln(2) for positive normal x and integers k. */
// @ts-ignore: decorator
@inline
function logOfNormal(x: v128, k: v128): v128 {
  // x = 2^n (1 + f), 1 + f in [sqrt(1/2), sqrt(2)).
  const sqrtHalf = single(F.SQRT_HALF);
  const n = i32x4.shr_s(i32x4.sub(x, sqrtHalf), 23);
  k = f32x4.add(k, f32x4.convert_i32x4_s(n));
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(n, 23)), single(F.ONE));
  const s = f32x4.div(f, f32x4.add(f, single(F.TWO)));
  const z = f32x4.mul(s, s);
  let r = fma(z, single(F.LOG_C7), single(F.LOG_C5));
  r = f32x4.mul(z, fma(z, r, single(F.LOG_C3)));
  // 2 s = f - s f, and s f = f^2 / 2 - s f^2 / 2: so the largest term, f itself, is added without rounding.
  const h = f32x4.mul(f32x4.mul(f, f), single(F.HALF));
  const tail = fma(s, f32x4.add(h, r), f32x4.mul(k, single(F.LN2_LOW)));
  return fma(k, single(F.LN2_HIGH), f32x4.add(f, f32x4.sub(tail, h)));
}

function logOfAny(x: v128): v128 {
  const zero = f32x4.splat(0);
  const infinity = f32x4.splat(f32.POSITIVE_INFINITY);
  const denormal = f32x4.lt(x, f32x4.splat(f32.MIN_NORMAL_VALUE));
  const scaled = v128.bitselect(f32x4.mul(x, single(F.TWO_23)), x, denormal);
  let y = logOfNormal(scaled, v128.and(denormal, f32x4.splat(-23)));
  y = v128.bitselect(x, y, f32x4.eq(x, infinity));
  y = v128.bitselect(f32x4.neg(infinity), y, f32x4.eq(x, zero));
  // All bits set, which is NaN, where x is negative or NaN.
  return v128.or(y, v128.not(f32x4.ge(x, zero)));
}
