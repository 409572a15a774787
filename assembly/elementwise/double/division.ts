/** Quotients and remainders of float32, exact by way of double. */
import {promoteHigh} from '../../simd';
import {toInt32s} from '../int32_arithmetic';
import {copySign} from './halves';

/** floor(a / b) of four floats as int32, modulo 2^32; 0 where b is 0. */
@unmanaged
export class FloorDiv {
  // @ts-ignore: decorator
  @inline
  apply(a: v128, b: v128): v128 {
    const x = f64x2.floor(f64x2.div(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b)));
    const y = f64x2.floor(f64x2.div(promoteHigh(a), promoteHigh(b)));
    const limit = f64x2.splat(2147483648);
    const fit = v128.and(f64x2.lt(f64x2.abs(x), limit), f64x2.lt(f64x2.abs(y), limit));
    if (!i64x2.all_true(fit)) return toInt32s(x, y);
    return v128.shuffle<i64>(i32x4.trunc_sat_f64x2_s_zero(x), i32x4.trunc_sat_f64x2_s_zero(y), 0, 2);
  }
}

/** Below this quotient a - trunc(a / b) b is exact: 28 bits times the 24 of b. */
// @ts-ignore: decorator
@inline
const EXACT: f64 = 268435456;

/** The remainder of a / b with the sign of b, as tfjs computes it: (a % b + b) % b where the signs differ. */
@unmanaged
export class Mod {
  // @ts-ignore: decorator
  @inline
  apply(a: v128, b: v128): v128 {
    const zero = f64x2.splat(0);
    const q = f64x2.trunc(f64x2.div(a, b));
    let r = copySign(f64x2.sub(a, f64x2.mul(q, b)), a);
    const exact = f64x2.lt(f64x2.abs(q), f64x2.splat(EXACT));
    const finite = f64x2.lt(f64x2.abs(b), f64x2.splat(f64.POSITIVE_INFINITY));
    if (!i64x2.all_true(v128.and(exact, finite))) r = longRemainders(a, b);
    const bothNegative = v128.and(f64x2.lt(a, zero), f64x2.lt(b, zero));
    const bothPositive = v128.and(f64x2.ge(a, zero), f64x2.ge(b, zero));
    // r + b lies between 0 and b: its remainder is itself, or, where it equals b, a zero with the sign of b.
    const sum = f64x2.add(r, b);
    const shifted = v128.bitselect(copySign(f64x2.sub(sum, b), sum), sum, f64x2.eq(sum, b));
    return v128.bitselect(r, shifted, v128.or(bothNegative, bothPositive));
  }
}

function longRemainders(a: v128, b: v128): v128 {
  const low = remainder(f64x2.extract_lane(a, 0), f64x2.extract_lane(b, 0));
  const high = remainder(f64x2.extract_lane(a, 1), f64x2.extract_lane(b, 1));
  return f64x2.replace_lane(f64x2.splat(low), 1, high);
}

/** JavaScript's a % b for float32 values of any size: long division, 28 bits of the quotient at a time. */
function remainder(a: f64, b: f64): f64 {
  let r = abs(a);
  const divisor = abs(b);
  if (!(r < Infinity) || !(divisor > 0)) return NaN;
  while (r >= divisor) {
    let step = divisor;
    const q = r / divisor;
    if (q >= EXACT) {
      // 2^(k - 27) for the largest 2^k <= q
      const scale = ((reinterpret<u64>(q) >> 52) - 27) << 52;
      step *= reinterpret<f64>(scale);
    }
    r -= trunc(r / step) * step;
  }
  return copysign(r, a);
}
