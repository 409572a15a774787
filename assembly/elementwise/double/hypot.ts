/** sqrt(a^2 + b^2) on two doubles that were float32, so that their squares neither overflow nor underflow. */
@unmanaged
export class Hypot {
  // @ts-ignore: decorator
  @inline
  apply(a: v128, b: v128): v128 {
    const infinity = f64x2.splat(f64.POSITIVE_INFINITY);
    const infinite = v128.or(f64x2.eq(f64x2.abs(a), infinity), f64x2.eq(f64x2.abs(b), infinity));
    const length = f64x2.sqrt(f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)));
    return v128.bitselect(infinity, length, infinite);
  }
}
