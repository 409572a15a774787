/** The inverse trigonometric functions on two doubles, all by atan2, for results that are rounded to float32 once. */
import {double} from '../../constants';
import {fmaDouble} from '../../simd';
import {copySign} from './halves';

const ONE = memory.data<f64>([1], 8);
const TAN_PI_8 = memory.data<f64>([0.41421356237309503], 8);
const PI_4 = memory.data<f64>([0.7853981633974483], 8);
const PI_2 = memory.data<f64>([1.5707963267948966], 8);
const PI = memory.data<f64>([3.141592653589793], 8);
const LARGEST = memory.data<f64>([1e300], 8);
const SMALLEST = memory.data<f64>([1e-300], 8);
// atan(t) = t + t^3 (C3 + C5 t^2 + ...) for |t| <= tan(pi / 8), within 2^-30 of itself.
const ATAN_C3 = memory.data<f64>([-0.333333151720134243], 8);
const ATAN_C5 = memory.data<f64>([0.199984704165638647], 8);
const ATAN_C7 = memory.data<f64>([-0.142435112035744818], 8);
const ATAN_C9 = memory.data<f64>([0.105936407200201852], 8);
const ATAN_C11 = memory.data<f64>([-0.0607776124828099995], 8);

/** The angle of the point (x, y), from -pi to pi, zeros and infinities as in Math.atan2; for arguments of float32's range. */
// @ts-ignore: decorator
@inline
function atan2(y: v128, x: v128): v128 {
  // Infinities become finite, so that their quotient is defined; pmin keeps NaN.
  const largest = double(LARGEST);
  const width = f64x2.pmin(f64x2.abs(x), largest);
  const height = f64x2.pmin(f64x2.abs(y), largest);
  const steep = f64x2.gt(height, width);
  const a = v128.bitselect(width, height, steep);
  const b = v128.bitselect(height, width, steep);
  // atan(a / b) = pi/4 + atan((a - b) / (a + b)) from pi/8 on; one division either way.
  const fold = f64x2.gt(a, f64x2.mul(b, double(TAN_PI_8)));
  const numerator = f64x2.sub(a, v128.and(fold, b));
  const denominator = f64x2.add(b, v128.and(fold, a));
  // 0 / 0 is 0 here.
  const t = f64x2.div(numerator, f64x2.pmax(denominator, double(SMALLEST)));
  const z = f64x2.mul(t, t);
  let p = fmaDouble(z, double(ATAN_C11), double(ATAN_C9));
  p = fmaDouble(z, p, double(ATAN_C7));
  p = fmaDouble(z, p, double(ATAN_C5));
  p = fmaDouble(z, p, double(ATAN_C3));
  p = fmaDouble(z, p, double(ONE));
  let r = fmaDouble(t, p, v128.and(fold, double(PI_4)));
  r = v128.bitselect(f64x2.sub(double(PI_2), r), r, steep);
  r = v128.bitselect(f64x2.sub(double(PI), r), r, i64x2.lt_s(x, i64x2.splat(0)));
  return copySign(r, y);
}

/** sqrt(1 - x^2), NaN outside of -1 to 1. */
// @ts-ignore: decorator
@inline
function cofactor(x: v128): v128 {
  const one = double(ONE);
  return f64x2.sqrt(f64x2.mul(f64x2.sub(one, x), f64x2.add(one, x)));
}

@unmanaged
export class Atan2 {
  // @ts-ignore: decorator
  @inline
  apply(y: v128, x: v128): v128 {
    return atan2(y, x);
  }
}

@unmanaged
export class Atan {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    return atan2(x, double(ONE));
  }
}

@unmanaged
export class Asin {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    return atan2(x, cofactor(x));
  }
}

@unmanaged
export class Acos {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    return atan2(cofactor(x), x);
  }
}
