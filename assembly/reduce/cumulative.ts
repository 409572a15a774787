/**
 * Running sums and products along the middle of three dimensions: x and y are [outer, n, inner]; all sizes >= 0. Each
 * is rounded to its type before the next is computed, as numbers in a typed array are.
 *
 * exclusive: without the element itself; reverse: from the last to the first.
 */
import {multiply} from '../elementwise/int32_arithmetic';
import {copyRun} from '../layout/copy';
import {toInt32} from '../simd';
import {Prod, Sum} from './in_order';

/** y[o, r, i] = the sum of x[o, 0 .. r, i]. */
export function cumsum_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32, exclusive: bool, reverse: bool): void {
  cumulate<Sum, f32>(x, y, outer, n, inner, exclusive, reverse);
}
export function cumsum_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32, exclusive: bool, reverse: bool): void {
  cumulate<Sum, i32>(x, y, outer, n, inner, exclusive, reverse);
}

/** y[o, r, i] = the product of x[o, 0 .. r, i]. */
export function cumprod_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32, exclusive: bool, reverse: bool): void {
  cumulate<Prod, f32>(x, y, outer, n, inner, exclusive, reverse);
}
export function cumprod_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32, exclusive: bool, reverse: bool): void {
  cumulate<Prod, i32>(x, y, outer, n, inner, exclusive, reverse);
}

// @ts-ignore: decorator
@inline
function identity<Op, T>(): T {
  return <T>(idof<Op>() == idof<Prod>() ? 1 : 0);
}

// @ts-ignore: decorator
@inline
function join<Op, T>(a: T, b: T): T {
  if (idof<Op>() == idof<Sum>()) return a + b;
  if (isFloat<T>()) return a * b;
  // Up to 2^53 a double is exact, and the low 32 bits are those of the product.
  const product = <i64>a * <i64>b;
  return <T>(abs(product) <= (<i64>1) << 53 ? <i32>product : toInt32(<f64>product));
}

// @ts-ignore: decorator
@inline
function joinVectors<Op, T>(a: v128, b: v128): v128 {
  if (idof<Op>() == idof<Sum>()) return v128.add<T>(a, b);
  return isFloat<T>() ? f32x4.mul(a, b) : multiply(a, b);
}

// @ts-ignore: decorator
@inline
function cumulate<Op, T>(x: usize, y: usize, outer: i32, n: i32, inner: i32, exclusive: bool, reverse: bool): void {
  if (n == 0) return;
  const pitch = (<usize>inner) << 2;
  const first = reverse ? <usize>(n - 1) * pitch : 0;
  const step: usize = reverse ? 0 - pitch : pitch;
  while (outer > 0) {
    if (inner == 1) row<Op, T>(x + first, y + first, n, exclusive, step);
    else rows<Op, T>(x + first, y + first, n, inner, exclusive, step);
    x += <usize>n * pitch;
    y += <usize>n * pitch;
    outer--;
  }
}

/** Elements that are `step` bytes apart, n >= 1 of them. */
function row<Op, T>(x: usize, y: usize, n: i32, exclusive: bool, step: usize): void {
  // The first element is not joined with the identity: 0 + -0 is 0.
  let total = load<T>(x);
  store<T>(y, exclusive ? identity<Op, T>() : total);
  if (exclusive) total = join<Op, T>(total, identity<Op, T>());
  while (n > 1) {
    x += step;
    y += step;
    const next = join<Op, T>(load<T>(x), total);
    store<T>(y, exclusive ? total : next);
    total = next;
    n--;
  }
}

/** The same for rows of `inner` elements, each from the one before it. */
function rows<Op, T>(x: usize, y: usize, n: i32, inner: i32, exclusive: bool, step: usize): void {
  const pitch = (<usize>inner) << 2;
  if (exclusive) {
    for (let i: usize = 0; i < pitch; i += 4) store<T>(y + i, identity<Op, T>());
    x -= step;
  } else {
    copyRun(x, y, pitch);
  }
  while (n > 1) {
    x += step;
    joinRows<Op, T>(x, y, y + step, inner);
    y += step;
    n--;
  }
}

// @ts-ignore: decorator
@inline
function joinRows<Op, T>(x: usize, previous: usize, y: usize, n: i32): void {
  while (n >= 4) {
    v128.store(y, joinVectors<Op, T>(v128.load(x), v128.load(previous)));
    x += 16;
    previous += 16;
    y += 16;
    n -= 4;
  }
  while (n > 0) {
    store<T>(y, join<Op, T>(load<T>(x), load<T>(previous)));
    x += 4;
    previous += 4;
    y += 4;
    n--;
  }
}
