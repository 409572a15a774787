/** Predicates of float32, to bool: y[i] = f(x[i]) for i < n. loops.ts says what is read and written past n. */
import {mapToBool} from './loops';

class IsFinite {}
class IsInf {}
class IsNan {}

@unmanaged
class Predicate<Op> {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    const infinity = f32x4.splat(f32.POSITIVE_INFINITY);
    if (idof<Op>() == idof<IsFinite>()) return f32x4.lt(f32x4.abs(x), infinity);
    if (idof<Op>() == idof<IsInf>()) return f32x4.eq(f32x4.abs(x), infinity);
    return f32x4.ne(x, x);
  }
}

/** Neither infinite nor NaN. */
export function is_finite_f32(x: usize, y: usize, n: i32): void {
  mapToBool<Predicate<IsFinite>>(x, y, n);
}
/** Infinite, of either sign. */
export function is_inf_f32(x: usize, y: usize, n: i32): void {
  mapToBool<Predicate<IsInf>>(x, y, n);
}
/** Not a number. */
export function is_nan_f32(x: usize, y: usize, n: i32): void {
  mapToBool<Predicate<IsNan>>(x, y, n);
}
