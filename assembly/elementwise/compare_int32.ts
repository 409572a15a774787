/** int32 comparisons of two inputs of any broadcast shapes, to bool. combine.ts says what the arguments are. */
import {Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual, words} from './comparison';

/** a == b. */
export function equal_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<Equal, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a > b. */
export function greater_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<Greater, i32>(a, b, y, n, periodA, periodB, params, scratch);
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
/** a < b. */
export function less_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<Less, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a <= b. */
export function less_equal_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<LessEqual, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a != b. */
export function not_equal_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<NotEqual, i32>(a, b, y, n, periodA, periodB, params, scratch);
}
