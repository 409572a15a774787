/** Comparisons of two inputs of any broadcast shapes, to bool. combine.ts says what the arguments are. */
import {Bools, combine, WordsToBool} from './combine';

class Equal {}
class Greater {}
class GreaterEqual {}
class Less {}
class LessEqual {}
class NotEqual {}

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
function words<Op, T>(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  combine<T, u8, WordsToBool<Comparison<Op, T>>>(a, b, y, n, periodA, periodB, params, scratch);
}

// @ts-ignore: decorator
@inline
function bools<Op>(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  combine<u8, u8, Bools<BoolComparison<Op>>>(a, b, y, n, periodA, periodB, params, scratch);
}

/** a == b. False where one is NaN. */
export function equal_f32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<Equal, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a == b. */
export function equal_i32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<Equal, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a == b. */
export function equal_bool(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  bools<Equal>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a > b. False where one is NaN. */
export function greater_f32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<Greater, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a > b. */
export function greater_i32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<Greater, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a > b. */
export function greater_bool(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  bools<Greater>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a >= b. False where one is NaN. */
export function greater_equal_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<GreaterEqual, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a >= b. */
export function greater_equal_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<GreaterEqual, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a >= b. */
export function greater_equal_bool(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  bools<GreaterEqual>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a < b. False where one is NaN. */
export function less_f32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<Less, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a < b. */
export function less_i32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<Less, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a < b. */
export function less_bool(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  bools<Less>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a <= b. False where one is NaN. */
export function less_equal_f32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<LessEqual, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a <= b. */
export function less_equal_i32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<LessEqual, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a <= b. */
export function less_equal_bool(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  bools<LessEqual>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a != b. True where one is NaN. */
export function not_equal_f32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<NotEqual, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a != b. */
export function not_equal_i32(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  words<NotEqual, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a != b. */
export function not_equal_bool(a: usize, b: usize, y: usize, n: i32, periodA: i32, periodB: i32, params: usize, scratch: usize): void {
  bools<NotEqual>(a, b, y, n, periodA, periodB, params, scratch);
}
