/**
 * Elementary functions on four floats. Each is valid over all of float32: subnormals, overflow, infinities and NaN give
 * what Math.* gives, rounded. The errors stated are the largest over all float32 arguments and both feature levels, in
 * units in the last place (ulp), as `npm run accuracy` measures them. Polynomials are minimax (Remez algorithm); the coefficients were rounded to
 * float32 one at a time, and the remaining ones fitted again each time.
 */
import {single} from './constants';
import {fma} from './simd';

const ONE = memory.data<f32>([1], 4);
const TWO = memory.data<f32>([2], 4);
const HALF = memory.data<f32>([0.5], 4);
const TWO_23 = memory.data<f32>([8388608], 4);
const SIGN = memory.data<f32>([-0.0], 4);
const SQRT_HALF = memory.data<f32>([0.7071067811865476], 4);
const LOG2_E = memory.data<f32>([1.4426950408889634], 4);
// The high part of ln(2) has 15 bits, so that its product with an exponent is exact.
const MINUS_LN2_HIGH = memory.data<f32>([-0.693145751953125], 4);
const MINUS_LN2_LOW = memory.data<f32>([-1.428606765330187e-6], 4);
const LN2_HIGH = memory.data<f32>([0.693145751953125], 4);
const LN2_LOW = memory.data<f32>([1.428606765330187e-6], 4);
const EXP_LOWEST = memory.data<f32>([-104], 4);
const EXP_HIGHEST = memory.data<f32>([89], 4);
// Adding 1.5 * 2^23 rounds to an integer, left in the low bits. EXP_ROUND adds twice the exponent bias to it,
// EXPM1_ROUND the bias.
const EXP_ROUND = memory.data<f32>([12582912 + 254], 4);
const EXPM1_ROUND = memory.data<f32>([12582912 + 127], 4);
const EXPM1_LOWEST = memory.data<f32>([-20], 4);
const TANH_SMALL = memory.data<f32>([-1.1], 4);
// e^r = 1 + r + r^2 (C2 + C3 r + ...) for |r| <= ln(2) / 2; relative error of e^r - 1 at most 2^-26.
const EXP_C2 = memory.data<f32>([0.4999999701976776], 4);
const EXP_C3 = memory.data<f32>([0.16666537523269653], 4);
const EXP_C4 = memory.data<f32>([0.041667740792036057], 4);
const EXP_C5 = memory.data<f32>([0.00836731866002082825], 4);
const EXP_C6 = memory.data<f32>([0.0013837860897183418], 4);
// ln((1 + s) / (1 - s)) = 2 s + s^3 (C3 + C5 s^2 + C7 s^4) for |s| <= 0.1716; relative error at most 2^-30.
const LOG_C3 = memory.data<f32>([0.6666677594184875], 4);
const LOG_C5 = memory.data<f32>([0.39977559447288513], 4);
const LOG_C7 = memory.data<f32>([0.29871898889541626], 4);
// The same for 0 <= s <= 1/3; at most 2^-27.
const LOG1P_C3 = memory.data<f32>([0.666664183139801], 4);
const LOG1P_C5 = memory.data<f32>([0.40021440386772156], 4);
const LOG1P_C7 = memory.data<f32>([0.28002938628196716], 4);
const LOG1P_C9 = memory.data<f32>([0.2800736725330353], 4);

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
  let p = fma(r, single(EXP_C6), single(EXP_C5));
  p = fma(p, r, single(EXP_C4));
  p = fma(p, r, single(EXP_C3));
  p = fma(p, r, single(EXP_C2));
  return fma(f32x4.mul(r, r), p, r);
}

/** x - n ln(2) in two steps (Cody and Waite); the first is exact. */
// @ts-ignore: decorator
@inline
function reduce(x: v128, n: v128): v128 {
  return fma(n, single(MINUS_LN2_LOW), fma(n, single(MINUS_LN2_HIGH), x));
}

/** e^x. Error: at most 1.04 ulp. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  // With x as the first argument, pmin and pmax keep NaN.
  x = f32x4.pmax(f32x4.pmin(x, single(EXP_HIGHEST)), single(EXP_LOWEST));
  const round = single(EXP_ROUND);
  const shifted = fma(x, single(LOG2_E), round);
  const p = expm1Reduced(reduce(x, f32x4.sub(shifted, round)));
  // 2^n as a product of two powers of two: n ranges from -150, where the result rounds to a subnormal, to 128, which is
  // more than one exponent field holds.
  const half = i32x4.shr_u(shifted, 1);
  const low = i32x4.shl(half, 23);
  const high = i32x4.shl(i32x4.sub(shifted, half), 23);
  return f32x4.mul(f32x4.mul(f32x4.add(p, single(ONE)), low), high);
}

/** e^x - 1 for x up to 88; except that -0 gives 0. Error: at most 1.67 ulp. */
// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  x = f32x4.pmax(x, single(EXPM1_LOWEST));
  const round = single(EXPM1_ROUND);
  const shifted = fma(x, single(LOG2_E), round);
  const p = expm1Reduced(reduce(x, f32x4.sub(shifted, round)));
  const scale = i32x4.shl(shifted, 23);
  return fma(scale, p, f32x4.sub(scale, single(ONE)));
}

/** 1 / (1 + e^-x). Error: at most 2.41 ulp. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  // By e = e^-|x|, which does not overflow; for x < 0, e / (1 + e) keeps subnormal results.
  const e = exp(v128.or(x, single(SIGN)));
  const one = single(ONE);
  return f32x4.div(v128.bitselect(e, one, i32x4.shr_s(x, 31)), f32x4.add(one, e));
}

/** The hyperbolic tangent. Error: at most 2.31 ulp. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const sign = single(SIGN);
  const z = f32x4.pmax(v128.or(f32x4.add(x, x), sign), single(EXPM1_LOWEST));
  const round = single(EXPM1_ROUND);
  const shifted = fma(z, single(LOG2_E), round);
  const p = expm1Reduced(reduce(z, f32x4.sub(shifted, round)));
  const scale = i32x4.shl(shifted, 23);
  // With q = e^-2|x|: (1 - q) / (1 + q) for 2 |x| < 1.1, else 1 - 2 q / (1 + q), which has smaller rounding errors
  // there.
  const one = single(ONE);
  const q = fma(scale, p, scale);
  const small = f32x4.gt(z, single(TANH_SMALL));
  const numerator = v128.bitselect(fma(scale, p, f32x4.sub(scale, one)), f32x4.add(q, q), small);
  const quotient = f32x4.div(numerator, f32x4.add(q, one));
  return v128.bitselect(x, v128.bitselect(quotient, f32x4.sub(one, quotient), small), sign);
}

/** ln(1 + e^x). Error: at most 2.87 ulp. */
// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  // max(x, 0) + ln(1 + e^-|x|)
  const e = exp(v128.or(x, single(SIGN)));
  const s = f32x4.div(e, f32x4.add(e, single(TWO)));
  const z = f32x4.mul(s, s);
  let r = fma(z, single(LOG1P_C9), single(LOG1P_C7));
  r = fma(z, r, single(LOG1P_C5));
  r = f32x4.mul(z, fma(z, r, single(LOG1P_C3)));
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
  const sqrtHalf = single(SQRT_HALF);
  const n = i32x4.shr_s(i32x4.sub(x, sqrtHalf), 23);
  k = f32x4.add(k, f32x4.convert_i32x4_s(n));
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(n, 23)), single(ONE));
  const s = f32x4.div(f, f32x4.add(f, single(TWO)));
  const z = f32x4.mul(s, s);
  let r = fma(z, single(LOG_C7), single(LOG_C5));
  r = f32x4.mul(z, fma(z, r, single(LOG_C3)));
  // 2 s = f - s f, and s f = f^2 / 2 - s f^2 / 2: so the largest term, f itself, is added without rounding.
  const h = f32x4.mul(f32x4.mul(f, f), single(HALF));
  const tail = fma(s, f32x4.add(h, r), f32x4.mul(k, single(LN2_LOW)));
  return fma(k, single(LN2_HIGH), f32x4.add(f, f32x4.sub(tail, h)));
}

function logOfAny(x: v128): v128 {
  const zero = f32x4.splat(0);
  const infinity = f32x4.splat(f32.POSITIVE_INFINITY);
  const denormal = f32x4.lt(x, f32x4.splat(f32.MIN_NORMAL_VALUE));
  const scaled = v128.bitselect(f32x4.mul(x, single(TWO_23)), x, denormal);
  let y = logOfNormal(scaled, v128.and(denormal, f32x4.splat(-23)));
  y = v128.bitselect(x, y, f32x4.eq(x, infinity));
  y = v128.bitselect(f32x4.neg(infinity), y, f32x4.eq(x, zero));
  // All bits set, which is NaN, where x is negative or NaN.
  return v128.or(y, v128.not(f32x4.ge(x, zero)));
}
