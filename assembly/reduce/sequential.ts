/**
 * Reductions in order: products, whose rounding and overflow depend on it, and sums and means of int32 and bool. x is
 * [outer, n, inner], y is [outer, inner].
 */
import {Mean, Prod, reduceInOrder, Sum} from './in_order';

/** y[o, i] = sum over r of x[o, r, i], int32, as ToInt32 of the sum; all sizes >= 0. */
export function sum_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduceInOrder<Sum, i32, i32>(x, y, outer, n, inner);
}
/** The number of bytes that are 1, int32. */
export function sum_bool(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduceInOrder<Sum, u8, i32>(x, y, outer, n, inner);
}

/** y[o, i] = the mean over r of x[o, r, i], float32; 0 where n is 0. */
export function mean_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduceInOrder<Mean, i32, f32>(x, y, outer, n, inner);
}
export function mean_bool(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduceInOrder<Mean, u8, f32>(x, y, outer, n, inner);
}

/** y[o, i] = product over r of x[o, r, i]; 1 where n is 0. int32 and bool give int32, as ToInt32 of the product. */
export function prod_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduceInOrder<Prod, f32, f32>(x, y, outer, n, inner);
}
export function prod_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduceInOrder<Prod, i32, i32>(x, y, outer, n, inner);
}
export function prod_bool(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduceInOrder<Prod, u8, i32>(x, y, outer, n, inner);
}
