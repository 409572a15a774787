/**
 * float32 operations by way of double: each half of a vector is widened, computed, and rounded once. An operation is a
 * class with a method `apply` on two doubles; Halves (one input) and HalvesOfTwo (two) make it one on four floats.
 */
import {promoteHigh} from '../../simd';

@unmanaged
export class Halves<Op> {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    const op = changetype<Op>(0);
    return join(op.apply(f64x2.promote_low_f32x4(x)), op.apply(promoteHigh(x)));
  }
}

@unmanaged
export class HalvesOfTwo<Op> {
  // @ts-ignore: decorator
  @inline
  apply(a: v128, b: v128): v128 {
    const op = changetype<Op>(0);
    const low = op.apply(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b));
    return join(low, op.apply(promoteHigh(a), promoteHigh(b)));
  }
}

// @ts-ignore: decorator
@inline
function join(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
}

/** The magnitudes of x with the signs of y, on two doubles. */
// @ts-ignore: decorator
@inline
export function copySign(x: v128, y: v128): v128 {
  return v128.bitselect(y, x, i64x2.splat(0x8000000000000000));
}
