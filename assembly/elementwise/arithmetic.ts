/**
 * float32 kernels with one input that take an instruction or two, at the speed of the memory: y[i] = f(x[i]) for i < n.
 * loops.ts says what is read and written past n.
 */
import {mapWords} from './loops';

class Abs {}
class Ceil {}
class Clip {}
class Floor {}
class Neg {}
class Reciprocal {}
class Round {}
class Rsqrt {}
class Sign {}
class Sqrt {}
class Square {}

@unmanaged
class Arithmetic<Op> {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    if (idof<Op>() == idof<Abs>()) return f32x4.abs(x);
    if (idof<Op>() == idof<Ceil>()) return f32x4.ceil(x);
    // pmax with x as its first argument keeps NaN, and -0 where low is 0. A pmin after it would give high everywhere
    // where low > high.
    if (idof<Op>() == idof<Clip>()) return v128.bitselect(q, f32x4.pmax(x, p), f32x4.gt(x, q));
    if (idof<Op>() == idof<Floor>()) return f32x4.floor(x);
    if (idof<Op>() == idof<Neg>()) return f32x4.neg(x);
    if (idof<Op>() == idof<Reciprocal>()) return f32x4.div(p, x);
    // tfjs rounds -0.5 to 0, and everything else between -0.5 and 0 to -0.
    if (idof<Op>() == idof<Round>()) return v128.andnot(f32x4.nearest(x), f32x4.eq(x, p));
    if (idof<Op>() == idof<Rsqrt>()) return f32x4.div(p, f32x4.sqrt(x));
    if (idof<Op>() == idof<Sign>()) return v128.or(v128.and(f32x4.gt(x, q), p), v128.and(f32x4.lt(x, q), f32x4.neg(p)));
    if (idof<Op>() == idof<Sqrt>()) return f32x4.sqrt(x);
    return f32x4.mul(x, x);
  }
}

// @ts-ignore: decorator
@inline
function arithmetic<Op>(x: usize, y: usize, n: i32, p: f32 = 0, q: f32 = 0): void {
  mapWords<Arithmetic<Op>>(x, y, n, f32x4.splat(p), f32x4.splat(q));
}

/** |x|. */
export function abs_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Abs>(x, y, n);
}
/** x rounded up. */
export function ceil_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Ceil>(x, y, n);
}
/** high where x > high, else low where x < low, else x: NaN stays NaN, and a bound of NaN has no effect. */
export function clip_f32(x: usize, y: usize, n: i32, low: f32, high: f32): void {
  arithmetic<Clip>(x, y, n, low, high);
}
/** x rounded down. */
export function floor_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Floor>(x, y, n);
}
/** -x. */
export function neg_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Neg>(x, y, n);
}
/** 1 / x. */
export function reciprocal_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Reciprocal>(x, y, n, 1);
}
/** x rounded to the nearest integer, ties to even; -0.5 gives 0. */
export function round_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Round>(x, y, n, -0.5);
}
/** 1 / sqrt(x). */
export function rsqrt_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Rsqrt>(x, y, n, 1);
}
/** -1, 0 or 1; 0 for NaN, as in tfjs. */
export function sign_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Sign>(x, y, n, 1);
}
/** sqrt(x). */
export function sqrt_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Sqrt>(x, y, n);
}
/** x^2. */
export function square_f32(x: usize, y: usize, n: i32): void {
  arithmetic<Square>(x, y, n);
}
