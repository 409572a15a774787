/** float32 comparisons of two inputs of any broadcast shapes, to bool. combine.ts says what the arguments are. */
import {Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual, words} from './comparison';

/** a == b; false where either is NaN. */
export function equal_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<Equal, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a > b; false where either is NaN. */
export function greater_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<Greater, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a >= b; false where either is NaN. */
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
/** a < b; false where either is NaN. */
export function less_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<Less, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a <= b; false where either is NaN. */
export function less_equal_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<LessEqual, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a != b; true where either is NaN. */
export function not_equal_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  words<NotEqual, f32>(a, b, y, n, periodA, periodB, params, scratch);
}
