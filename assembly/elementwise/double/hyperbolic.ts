/** Hyperbolic functions and their inverses on two doubles, for results that are rounded to float32 once. */
import {double} from '../../constants';
import {fmaDouble} from '../../simd';
import {exp, log1p} from './exponential';
import {copySign} from './halves';

const ONE = memory.data<f64>([1], 8);
const TWO = memory.data<f64>([2], 8);
const HALF = memory.data<f64>([0.5], 8);
const C3 = memory.data<f64>([1.0 / 6], 8);
const C5 = memory.data<f64>([1.0 / 120], 8);
const SMALL = memory.data<f64>([0.0625], 8);

@unmanaged
export class Cosh {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    const e = exp(f64x2.abs(x));
    return f64x2.mul(f64x2.add(e, f64x2.div(double(ONE), e)), double(HALF));
  }
}

@unmanaged
export class Sinh {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    const y = f64x2.abs(x);
    const e = exp(y);
    const large = f64x2.mul(f64x2.sub(e, f64x2.div(double(ONE), e)), double(HALF));
    // The difference cancels near 0: x + x^3 / 6 + x^5 / 120 there.
    const z = f64x2.mul(y, y);
    const p = fmaDouble(z, double(C5), double(C3));
    const small = f64x2.add(y, f64x2.mul(f64x2.mul(y, z), p));
    return copySign(v128.bitselect(small, large, f64x2.lt(y, double(SMALL))), x);
  }
}

@unmanaged
export class Asinh {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    const y = f64x2.abs(x);
    const one = double(ONE);
    const square = f64x2.mul(y, y);
    // sqrt(y^2 + 1) - 1 without its cancellation.
    const rest = f64x2.div(square, f64x2.add(f64x2.sqrt(f64x2.add(square, one)), one));
    const z = log1p(f64x2.add(y, rest));
    return copySign(v128.bitselect(y, z, f64x2.eq(y, f64x2.splat(f64.POSITIVE_INFINITY))), x);
  }
}

@unmanaged
export class Acosh {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    const one = double(ONE);
    const t = f64x2.sub(x, one);
    const y = log1p(f64x2.add(t, f64x2.sqrt(f64x2.mul(t, f64x2.add(t, double(TWO))))));
    return v128.or(y, f64x2.lt(x, one));
  }
}

@unmanaged
export class Atanh {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    const y = f64x2.abs(x);
    const z = log1p(f64x2.div(f64x2.add(y, y), f64x2.sub(double(ONE), y)));
    return copySign(f64x2.mul(z, double(HALF)), x);
  }
}
