/**
 * int32 kernels with one input: y[i] = f(x[i]) for i < n, as if computed in double and stored modulo 2^32, as in
 * JavaScript. loops.ts says what is read and written past n.
 */
import {exp} from '../math';
import {multiply} from './int32_arithmetic';
import {mapLong, mapWords} from './loops';

class Abs {}
class Clip {}
class Exp {}
class LeakyRelu {}
class Neg {}
class Relu {}
class Sign {}
class Square {}
class Step {}

@unmanaged
class Integer<Op> {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    const zero = i32x4.splat(0);
    if (idof<Op>() == idof<Abs>()) return i32x4.abs(x);
    if (idof<Op>() == idof<Clip>()) return i32x4.max_s(i32x4.min_s(x, q), p);
    if (idof<Op>() == idof<Exp>()) return exp(f32x4.convert_i32x4_s(x));
    if (idof<Op>() == idof<LeakyRelu>()) {
      const y = f32x4.convert_i32x4_s(x);
      return v128.bitselect(f32x4.mul(y, p), y, i32x4.lt_s(x, zero));
    }
    if (idof<Op>() == idof<Neg>()) return i32x4.neg(x);
    if (idof<Op>() == idof<Relu>()) return i32x4.max_s(x, zero);
    // A comparison gives -1 where it holds.
    if (idof<Op>() == idof<Sign>()) return i32x4.sub(i32x4.lt_s(x, zero), i32x4.gt_s(x, zero));
    if (idof<Op>() == idof<Square>()) return multiply(x, x);
    return v128.bitselect(p, q, i32x4.gt_s(x, zero));
  }
}

// @ts-ignore: decorator
@inline
function integer<Op>(x: usize, y: usize, n: i32, p: i32 = 0, q: i32 = 0): void {
  mapWords<Integer<Op>>(x, y, n, i32x4.splat(p), i32x4.splat(q));
}

/** |x|; -2^31 gives -2^31. */
export function abs_i32(x: usize, y: usize, n: i32): void {
  integer<Abs>(x, y, n);
}
/** max(min(x, high), low). */
export function clip_i32(x: usize, y: usize, n: i32, low: i32, high: i32): void {
  integer<Clip>(x, y, n, low, high);
}
/** e^x, as float32. */
export function exp_i32(x: usize, y: usize, n: i32): void {
  mapLong<Integer<Exp>>(x, y, n, i32x4.splat(0), i32x4.splat(0));
}
/** x, or alpha x where x < 0, as float32. */
export function leaky_relu_i32(x: usize, y: usize, n: i32, alpha: f32): void {
  mapWords<Integer<LeakyRelu>>(x, y, n, f32x4.splat(alpha), i32x4.splat(0));
}
/** -x; -2^31 gives -2^31. */
export function neg_i32(x: usize, y: usize, n: i32): void {
  integer<Neg>(x, y, n);
}
/** max(x, 0). */
export function relu_i32(x: usize, y: usize, n: i32): void {
  integer<Relu>(x, y, n);
}
/** min(max(x, 0), 6). */
export function relu6_i32(x: usize, y: usize, n: i32): void {
  integer<Clip>(x, y, n, 0, 6);
}
/** -1, 0 or 1. */
export function sign_i32(x: usize, y: usize, n: i32): void {
  integer<Sign>(x, y, n);
}
/** x^2. */
export function square_i32(x: usize, y: usize, n: i32): void {
  integer<Square>(x, y, n);
}
/** 1 where x > 0, alpha elsewhere. */
export function step_i32(x: usize, y: usize, n: i32, alpha: i32): void {
  integer<Step>(x, y, n, 1, alpha);
}
