/** Exponentials, logarithms and powers on two doubles, for results that are rounded to float32 once. */
import {double} from '../../constants';
import {fmaDouble} from '../../simd';

const ONE = memory.data<f64>([1], 8);
const TWO = memory.data<f64>([2], 8);
const HALF = memory.data<f64>([0.5], 8);
const LN2 = memory.data<f64>([0.6931471805599453], 8);
const LOG2_E = memory.data<f64>([1.4426950408889634], 8);
// Adding 1.5 * 2^52 rounds to an integer, left in the low bits; the bias of the exponent is added to that.
const EXP2_ROUND = memory.data<f64>([6755399441055744 + 1023], 8);
const EXP2_LIMIT = memory.data<f64>([1000], 8);
// 2^f = 1 + C1 f + C2 f^2 ... for |f| <= 1/2, within 2^-32.
const EXP2_C1 = memory.data<f64>([0.693147183816839651], 8);
const EXP2_C2 = memory.data<f64>([0.24022650920788343], 8);
const EXP2_C3 = memory.data<f64>([0.0555040037539126023], 8);
const EXP2_C4 = memory.data<f64>([0.00961805691831049324], 8);
const EXP2_C5 = memory.data<f64>([0.00133419509127227832], 8);
const EXP2_C6 = memory.data<f64>([0.000154613680010487915], 8);
const EXP2_C7 = memory.data<f64>([0.0000133598585640169332], 8);
// As bit patterns: sqrt(1/2), the difference of 1 and sqrt(1/2), the mask of the mantissa.
const SQRT_HALF = memory.data<u64>([0x3fe6a09e667f3bcd], 8);
const ONE_LESS_SQRT_HALF = memory.data<u64>([0x3ff0000000000000 - 0x3fe6a09e667f3bcd], 8);
const MANTISSA = memory.data<u64>([0x000fffffffffffff], 8);
const TWO_52 = memory.data<f64>([4503599627370496], 8);
const TWO_52_AND_BIAS = memory.data<f64>([4503599627370496 + 1023], 8);
// ln((1 + s) / (1 - s)) = 2 s + s^3 (C3 + C5 s^2 + ...) for |s| <= 0.1716, within 2^-44 of itself.
const LOG_C3 = memory.data<f64>([0.66666666675861659], 8);
const LOG_C5 = memory.data<f64>([0.399999955970665871], 8);
const LOG_C7 = memory.data<f64>([0.285721121858366133], 8);
const LOG_C9 = memory.data<f64>([0.221760466141694671], 8);
const LOG_C11 = memory.data<f64>([0.195864059988743059], 8);

/** 2^x, limited to 2^-1000 .. 2^1000, which float32 rounds to 0 and infinity anyway. */
// @ts-ignore: decorator
@inline
export function exp2(x: v128): v128 {
  const limit = double(EXP2_LIMIT);
  x = f64x2.pmax(f64x2.pmin(x, limit), f64x2.neg(limit));
  const round = double(EXP2_ROUND);
  const shifted = f64x2.add(x, round);
  const f = f64x2.sub(x, f64x2.sub(shifted, round));
  let p = fmaDouble(f, double(EXP2_C7), double(EXP2_C6));
  p = fmaDouble(f, p, double(EXP2_C5));
  p = fmaDouble(f, p, double(EXP2_C4));
  p = fmaDouble(f, p, double(EXP2_C3));
  p = fmaDouble(f, p, double(EXP2_C2));
  p = fmaDouble(f, p, double(EXP2_C1));
  p = fmaDouble(f, p, double(ONE));
  return f64x2.mul(p, i64x2.shl(shifted, 52));
}

/** e^x, with the range of exp2. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  return exp2(f64x2.mul(x, double(LOG2_E)));
}

/** x = 2^n (1 + f) with 1 + f from sqrt(1/2) to sqrt(2): the bits of n + 1023 above those of the fraction. */
// @ts-ignore: decorator
@inline
function split(x: v128): v128 {
  return i64x2.add(x, double(ONE_LESS_SQRT_HALF));
}

// @ts-ignore: decorator
@inline
function exponent(parts: v128): v128 {
  return f64x2.sub(v128.or(i64x2.shr_u(parts, 52), double(TWO_52)), double(TWO_52_AND_BIAS));
}

// @ts-ignore: decorator
@inline
function fraction(parts: v128): v128 {
  return f64x2.sub(i64x2.add(v128.and(parts, double(MANTISSA)), double(SQRT_HALF)), double(ONE));
}

/** ln(1 + f) for 1 + f from sqrt(1/2) to sqrt(2). */
// @ts-ignore: decorator
@inline
function logOfFraction(f: v128): v128 {
  const two = double(TWO);
  const s = f64x2.div(f, f64x2.add(f, two));
  const z = f64x2.mul(s, s);
  let p = fmaDouble(z, double(LOG_C11), double(LOG_C9));
  p = fmaDouble(z, p, double(LOG_C7));
  p = fmaDouble(z, p, double(LOG_C5));
  p = fmaDouble(z, p, double(LOG_C3));
  return f64x2.mul(s, fmaDouble(z, p, two));
}

/** ln(1 + x); -0 gives -0. */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const zero = f64x2.splat(0);
  const infinity = f64x2.splat(f64.POSITIVE_INFINITY);
  const u = f64x2.add(x, double(ONE));
  const parts = split(u);
  const n = exponent(parts);
  // Near 1 the sum was rounded; x itself is the exact fraction there.
  const f = v128.bitselect(x, fraction(parts), f64x2.eq(n, zero));
  let y = f64x2.add(logOfFraction(f), f64x2.mul(n, double(LN2)));
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
  let y = fmaDouble(logOfFraction(fraction(parts)), double(LOG2_E), exponent(parts));
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
    const half = f64x2.mul(y, double(HALF));
    const odd = f64x2.ne(f64x2.trunc(half), half);
    const broken = f64x2.ne(f64x2.trunc(y), y);
    const sign = i64x2.shl(i64x2.shr_u(x, 63), 63);
    let z = v128.xor(magnitude, v128.and(sign, v128.andnot(odd, broken)));
    // NaN for a negative number to a fractional power; only -Infinity gives Infinity or 0.
    const negative = v128.and(f64x2.lt(x, zero), f64x2.gt(x, f64x2.splat(f64.NEGATIVE_INFINITY)));
    z = v128.or(z, v128.and(negative, broken));
    return v128.bitselect(double(ONE), z, f64x2.eq(y, zero));
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
