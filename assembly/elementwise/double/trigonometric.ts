/** Sine, cosine and tangent on two doubles, for results that are rounded to float32 once. */
import {double} from '../../constants';
import {fmaDouble} from '../../simd';
import {HUGE, hugeQuadrants, hugeRemainders} from './huge_angle';

const ONE = memory.data<f64>([1], 8);
const FIRST_HUGE = memory.data<f64>([HUGE], 8);
const TWO_OVER_PI = memory.data<f64>([0.6366197723675814], 8);
// Adding 1.5 * 2^52 rounds to an integer, left in the low bits.
const ROUND = memory.data<f64>([6755399441055744], 8);
// The high part has 25 bits: its product with a quadrant is exact up to HUGE.
const MINUS_PI_2_HIGH = memory.data<f64>([-1.5707963109016418], 8);
const MINUS_PI_2_LOW = memory.data<f64>([-1.5893254773528196e-8], 8);
// sin(r) = r (1 + C3 r^2 + ...) within 2^-37, cos(r) = 1 + C2 r^2 + ... within 2^-33, for |r| <= pi / 4.
const SIN_C3 = memory.data<f64>([-0.166666666407762478], 8);
const SIN_C5 = memory.data<f64>([0.00833332930241838304], 8);
const SIN_C7 = memory.data<f64>([-0.000198393114857652187], 8);
const SIN_C9 = memory.data<f64>([2.71811412102212802e-6], 8);
const COS_C2 = memory.data<f64>([-0.499999996942252078], 8);
const COS_C4 = memory.data<f64>([0.0416666203287753141], 8);
const COS_C6 = memory.data<f64>([-0.00138866807511395597], 8);
const COS_C8 = memory.data<f64>([0.0000243834828225622271], 8);

/** Whether a lane is outside the range of the reduction by pi/2 in two parts: huge, infinite or NaN. */
// @ts-ignore: decorator
@inline
function anyHuge(x: v128): bool {
  return !i64x2.all_true(f64x2.lt(f64x2.abs(x), double(FIRST_HUGE)));
}

/** x * 2/pi, rounded: an integer in the low bits. */
// @ts-ignore: decorator
@inline
function quadrants(x: v128): v128 {
  return fmaDouble(x, double(TWO_OVER_PI), double(ROUND));
}

/** x minus its quadrants, from -pi/4 to pi/4. */
// @ts-ignore: decorator
@inline
function remainders(x: v128, quadrants: v128): v128 {
  const n = f64x2.sub(quadrants, double(ROUND));
  return fmaDouble(n, double(MINUS_PI_2_LOW), fmaDouble(n, double(MINUS_PI_2_HIGH), x));
}

// @ts-ignore: decorator
@inline
function sinReduced(r: v128, z: v128): v128 {
  let p = fmaDouble(z, double(SIN_C9), double(SIN_C7));
  p = fmaDouble(z, p, double(SIN_C5));
  p = fmaDouble(z, p, double(SIN_C3));
  return f64x2.mul(r, fmaDouble(z, p, double(ONE)));
}

// @ts-ignore: decorator
@inline
function cosReduced(z: v128): v128 {
  let p = fmaDouble(z, double(COS_C8), double(COS_C6));
  p = fmaDouble(z, p, double(COS_C4));
  p = fmaDouble(z, p, double(COS_C2));
  return fmaDouble(z, p, double(ONE));
}

/** All ones where the quadrant is odd. */
// @ts-ignore: decorator
@inline
function isOdd(quadrants: v128): v128 {
  return i64x2.neg(i64x2.shr_u(i64x2.shl(quadrants, 63), 63));
}

/** sin(x + phase pi/2). */
// @ts-ignore: decorator
@inline
function sinFrom(x: v128, phase: i64): v128 {
  let q = quadrants(x);
  let r = remainders(x, q);
  if (anyHuge(x)) {
    r = hugeRemainders(x, r);
    q = hugeQuadrants(x, q);
  }
  q = i64x2.add(q, i64x2.splat(phase));
  const z = f64x2.mul(r, r);
  const y = v128.bitselect(cosReduced(z), sinReduced(r, z), isOdd(q));
  return v128.xor(y, i64x2.shl(i64x2.shr_u(q, 1), 63));
}

@unmanaged
export class Sin {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    return sinFrom(x, 0);
  }
}

@unmanaged
export class Cos {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    return sinFrom(x, 1);
  }
}

@unmanaged
export class Tan {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    let q = quadrants(x);
    let r = remainders(x, q);
    if (anyHuge(x)) {
      r = hugeRemainders(x, r);
      q = hugeQuadrants(x, q);
    }
    const z = f64x2.mul(r, r);
    const sin = sinReduced(r, z);
    const cos = cosReduced(z);
    const odd = isOdd(q);
    return f64x2.div(v128.bitselect(f64x2.neg(cos), sin, odd), v128.bitselect(sin, cos, odd));
  }
}
