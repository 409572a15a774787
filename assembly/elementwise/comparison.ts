/** What all comparisons of two inputs have in common. */
import {Bools, combine, WordsToBool} from './combine';

export class Equal {}
export class Greater {}
export class GreaterEqual {}
export class Less {}
export class LessEqual {}
export class NotEqual {}

/** All ones where the comparison holds. */
// @ts-ignore: decorator
@inline
function compare<Op, T>(a: v128, b: v128): v128 {
  if (idof<Op>() == idof<Equal>()) return v128.eq<T>(a, b);
  if (idof<Op>() == idof<Greater>()) return v128.gt<T>(a, b);
  if (idof<Op>() == idof<GreaterEqual>()) return v128.ge<T>(a, b);
  if (idof<Op>() == idof<Less>()) return v128.lt<T>(a, b);
  if (idof<Op>() == idof<LessEqual>()) return v128.le<T>(a, b);
  return v128.ne<T>(a, b);
}

@unmanaged
class Comparison<Op, T> {
  // @ts-ignore: decorator
  @inline
  apply(a: v128, b: v128): v128 {
    return compare<Op, T>(a, b);
  }
}

@unmanaged
class BoolComparison<Op> {
  // @ts-ignore: decorator
  @inline
  apply(a: v128, b: v128): v128 {
    return i8x16.abs(compare<Op, u8>(a, b));
  }
}

// @ts-ignore: decorator
@inline
export function words<Op, T>(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  combine<T, u8, WordsToBool<Comparison<Op, T>>>(a, b, y, n, periodA, periodB, params, scratch);
}

// @ts-ignore: decorator
@inline
export function bools<Op>(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  combine<u8, u8, Bools<BoolComparison<Op>>>(a, b, y, n, periodA, periodB, params, scratch);
}
