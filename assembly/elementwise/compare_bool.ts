/** Comparisons of two bool inputs of any broadcast shapes, to bool. combine.ts says what the arguments are. */
import {bools, Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual} from './comparison';

/** a == b. */
export function equal_bool(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  bools<Equal>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a > b. */
export function greater_bool(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  bools<Greater>(a, b, y, n, periodA, periodB, params, scratch);
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
/** a < b. */
export function less_bool(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  bools<Less>(a, b, y, n, periodA, periodB, params, scratch);
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
/** a != b. */
export function not_equal_bool(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  bools<NotEqual>(a, b, y, n, periodA, periodB, params, scratch);
}
