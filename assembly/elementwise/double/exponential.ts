/** Exponentials, logarithms and powers on two doubles, for results that are rounded to float32 once. */
import {double, setDouble} from '../../constants';
import {fmaDouble} from '../../simd';

/** Slots in the table of constants: 16 to 39. */
enum D {
  ONE = 16,
  TWO,
  HALF,
  LN2,
  LOG2_E,
  EXP2_ROUND,
  EXP2_LIMIT,
  EXP2_C1,
  EXP2_C2,
  EXP2_C3,
  EXP2_C4,
  EXP2_C5,
  EXP2_C6,
  EXP2_C7,
  SQRT_HALF,
  ONE_LESS_SQRT_HALF,
  MANTISSA,
  TWO_52,
  TWO_52_AND_BIAS,
  LOG_C3,
  LOG_C5,
  LOG_C7,
  LOG_C9,
  LOG_C11,
}

/** Fills the slots; part of init(). */
export function init_exponential(): void {
  setDouble(D.ONE, 1);
  setDouble(D.TWO, 2);
  setDouble(D.HALF, 0.5);
  setDouble(D.LN2, 0.6931471805599453);
  setDouble(D.LOG2_E, 1.4426950408889634);
  // Adding 1.5 * 2^52 rounds to an integer, left in the low bits; the bias of the exponent is added to that.
  setDouble(D.EXP2_ROUND, 6755399441055744 + 1023);
  setDouble(D.EXP2_LIMIT, 1000);
  // 2^f = 1 + C1 f + C2 f^2 ... for |f| <= 1/2, within 2^-32.
  setDouble(D.EXP2_C1, 0.693147183816839651);
  setDouble(D.EXP2_C2, 0.24022650920788343);
  setDouble(D.EXP2_C3, 0.0555040037539126023);
  setDouble(D.EXP2_C4, 0.00961805691831049324);
  setDouble(D.EXP2_C5, 0.00133419509127227832);
  setDouble(D.EXP2_C6, 0.000154613680010487915);
  setDouble(D.EXP2_C7, 0.0000133598585640169332);
  // As bit patterns: sqrt(1/2), the difference of 1 and sqrt(1/2), the mask of the mantissa.
  setDouble(D.SQRT_HALF, reinterpret<f64>(0x3fe6a09e667f3bcd));
  setDouble(D.ONE_LESS_SQRT_HALF, reinterpret<f64>(0x3ff0000000000000 - 0x3fe6a09e667f3bcd));
  setDouble(D.MANTISSA, reinterpret<f64>(0x000fffffffffffff));
  setDouble(D.TWO_52, 4503599627370496);
  setDouble(D.TWO_52_AND_BIAS, 4503599627370496 + 1023);
  // ln((1 + s) / (1 - s)) = 2 s + s^3 (C3 + C5 s^2 + ...) for |s| <= 0.1716, within 2^-44 of itself.
  setDouble(D.LOG_C3, 0.66666666675861659);
  setDouble(D.LOG_C5, 0.399999955970665871);
  setDouble(D.LOG_C7, 0.285721121858366133);
  setDouble(D.LOG_C9, 0.221760466141694671);
  setDouble(D.LOG_C11, 0.195864059988743059);
}

/** 2^x, limited to 2^-1000 .. 2^1000, which float32 rounds to 0 and infinity anyway. */
// @ts-ignore: decorator
@inline
export function exp2(x: v128): v128 {
  const limit = double(D.EXP2_LIMIT);
  x = f64x2.pmax(f64x2.pmin(x, limit), f64x2.neg(limit));
  const round = double(D.EXP2_ROUND);
  const shifted = f64x2.add(x, round);
  const f = f64x2.sub(x, f64x2.sub(shifted, round));
  let p = fmaDouble(f, double(D.EXP2_C7), double(D.EXP2_C6));
  p = fmaDouble(f, p, double(D.EXP2_C5));
  p = fmaDouble(f, p, double(D.EXP2_C4));
  p = fmaDouble(f, p, double(D.EXP2_C3));
  p = fmaDouble(f, p, double(D.EXP2_C2));
  p = fmaDouble(f, p, double(D.EXP2_C1));
  p = fmaDouble(f, p, double(D.ONE));
  return f64x2.mul(p, i64x2.shl(shifted, 52));
}

/** e^x, with the range of exp2. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  return exp2(f64x2.mul(x, double(D.LOG2_E)));
}

/** x = 2^n (1 + f) with 1 + f from sqrt(1/2) to sqrt(2): the bits of n + 1023 above those of the fraction. */
// @ts-ignore: decorator
@inline
function split(x: v128): v128 {
  return i64x2.add(x, double(D.ONE_LESS_SQRT_HALF));
}

// @ts-ignore: decorator
@inline
function exponent(parts: v128): v128 {
  return f64x2.sub(v128.or(i64x2.shr_u(parts, 52), double(D.TWO_52)), double(D.TWO_52_AND_BIAS));
}

// @ts-ignore: decorator
@inline
function fraction(parts: v128): v128 {
  return f64x2.sub(i64x2.add(v128.and(parts, double(D.MANTISSA)), double(D.SQRT_HALF)), double(D.ONE));
}

/** ln(1 + f) for 1 + f from sqrt(1/2) to sqrt(2). */
// @ts-ignore: decorator
@inline
function logOfFraction(f: v128): v128 {
  const two = double(D.TWO);
  const s = f64x2.div(f, f64x2.add(f, two));
  const z = f64x2.mul(s, s);
  let p = fmaDouble(z, double(D.LOG_C11), double(D.LOG_C9));
  p = fmaDouble(z, p, double(D.LOG_C7));
  p = fmaDouble(z, p, double(D.LOG_C5));
  p = fmaDouble(z, p, double(D.LOG_C3));
  return f64x2.mul(s, fmaDouble(z, p, two));
}

/** ln(1 + x); -0 gives -0. */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const zero = f64x2.splat(0);
  const infinity = f64x2.splat(f64.POSITIVE_INFINITY);
  const u = f64x2.add(x, double(D.ONE));
  const parts = split(u);
  const n = exponent(parts);
  // Near 1 the sum was rounded; x itself is the exact fraction there.
  const f = v128.bitselect(x, fraction(parts), f64x2.eq(n, zero));
  let y = f64x2.add(logOfFraction(f), f64x2.mul(n, double(D.LN2)));
  y = v128.bitselect(x, y, v128.or(f64x2.eq(x, infinity), f64x2.eq(x, zero)));
  y = v128.bitselect(f64x2.neg(infinity), y, f64x2.eq(u, zero));
  return v128.or(y, v128.not(f64x2.ge(u, zero)));
}

/** The binary logarithm of x >= 0 or NaN, within 2^-44 of itself. */
// @ts-ignore: decorator
@inline
function log2(x: v128): v128 {
  const infinity = f64x2.splat(f64.POSITIVE_INFINITY);
  const parts = split(x);
  let y = fmaDouble(logOfFraction(fraction(parts)), double(D.LOG2_E), exponent(parts));
  y = v128.bitselect(f64x2.neg(infinity), y, f64x2.eq(x, f64x2.splat(0)));
  y = v128.bitselect(x, y, f64x2.eq(x, infinity));
  return v128.or(y, f64x2.ne(x, x));
}

/** x^y as Math.pow has it: x^0 is 1, 1^NaN and 1^Infinity are NaN. */
@unmanaged
export class Pow {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, y: v128): v128 {
    const zero = f64x2.splat(0);
    const magnitude = exp2(f64x2.mul(y, log2(f64x2.abs(x))));
    const half = f64x2.mul(y, double(D.HALF));
    const odd = f64x2.ne(f64x2.trunc(half), half);
    const broken = f64x2.ne(f64x2.trunc(y), y);
    const sign = i64x2.shl(i64x2.shr_u(x, 63), 63);
    let z = v128.xor(magnitude, v128.and(sign, v128.andnot(odd, broken)));
    // NaN for a negative number to a fractional power; only -Infinity gives Infinity or 0.
    const negative = v128.and(f64x2.lt(x, zero), f64x2.gt(x, f64x2.splat(f64.NEGATIVE_INFINITY)));
    z = v128.or(z, v128.and(negative, broken));
    return v128.bitselect(double(D.ONE), z, f64x2.eq(y, zero));
  }
}

@unmanaged
export class Log1p {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    return log1p(x);
  }
}
