/** Products, whose rounding and overflow depend on their order. x is [outer, n, inner], y is [outer, inner]. */
import {Prod, reduceInOrder} from './in_order';

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
