/**
 * The largest or smallest element along the middle of three dimensions: x is [outer, n, inner], y is [outer, inner]. If
 * any element is NaN, so is the result. For bool, one byte 0 or 1, the largest is `any` and the smallest is `all`.
 */
import {fixedScratch} from '../memory';
import {storePartial} from '../simd';

class Max {}
class Min {}

// @ts-ignore: decorator
@inline
function combine<Op, T>(a: v128, b: v128): v128 {
  // pmax(a, b) is one instruction, f32x4.max eight; but pmax drops a NaN in b, which addNaN records.
  if (idof<Op>() == idof<Max>()) {
    if (isFloat<T>()) return f32x4.pmax(a, b);
    return sizeof<T>() == 4 ? i32x4.max_s(a, b) : i8x16.max_u(a, b);
  }
  if (isFloat<T>()) return f32x4.pmin(a, b);
  return sizeof<T>() == 4 ? i32x4.min_s(a, b) : i8x16.min_u(a, b);
}

/** All bits set, which is NaN, in the lanes where x or a value before it is NaN. */
// @ts-ignore: decorator
@inline
function addNaN<T>(nan: v128, x: v128): v128 {
  return isFloat<T>() ? v128.or(nan, f32x4.ne(x, x)) : nan;
}

// @ts-ignore: decorator
@inline
function combineScalars<Op, T>(a: T, b: T): T {
  return idof<Op>() == idof<Max>() ? max<T>(a, b) : min<T>(a, b);
}

/** The extreme of n elements of x; n >= 1. */
function row<Op, T>(x: usize, n: i32): T {
  const lanes = <i32>(16 / sizeof<T>());
  let result = load<T>(x);
  if (n < lanes) {
    for (let i: usize = 1; i < <usize>n; i++) result = combineScalars<Op, T>(result, load<T>(x + i * sizeof<T>()));
    return result;
  }
  // The last vector overlaps the one before it, which changes nothing.
  const last = v128.load(x + <usize>(n - lanes) * sizeof<T>());
  let a = v128.load(x);
  let b = last;
  let nan = addNaN<T>(addNaN<T>(i32x4.splat(0), a), b);
  let k = n / (2 * lanes);
  while (k > 0) {
    const v = v128.load(x);
    const w = v128.load(x, 16);
    a = combine<Op, T>(a, v);
    b = combine<Op, T>(b, w);
    nan = addNaN<T>(addNaN<T>(nan, v), w);
    x += 32;
    k--;
  }
  // Less than two vectors are left: one of them may be whole.
  if (n & lanes) {
    const v = v128.load(x);
    a = combine<Op, T>(a, v);
    nan = addNaN<T>(nan, v);
  }
  v128.store(fixedScratch, v128.or(combine<Op, T>(a, b), nan));
  result = load<T>(fixedScratch);
  for (let i: usize = 1; i < <usize>lanes; i++) {
    result = combineScalars<Op, T>(result, load<T>(fixedScratch + i * sizeof<T>()));
  }
  return result;
}

/** The extremes of n vectors that are `pitch` bytes apart; n >= 1. */
// @ts-ignore: decorator
@inline
function column<Op, T>(x: usize, n: i32, pitch: usize): v128 {
  let result = v128.load(x);
  let nan = addNaN<T>(i32x4.splat(0), result);
  let k = n - 1;
  while (k > 0) {
    x += pitch;
    const v = v128.load(x);
    result = combine<Op, T>(result, v);
    nan = addNaN<T>(nan, v);
    k--;
  }
  return v128.or(result, nan);
}

/** The same for four vectors side by side. */
function fourColumns<Op, T>(x: usize, y: usize, n: i32, pitch: usize): void {
  let a = v128.load(x);
  let b = v128.load(x, 16);
  let c = v128.load(x, 32);
  let d = v128.load(x, 48);
  let nanA = addNaN<T>(i32x4.splat(0), a);
  let nanB = addNaN<T>(i32x4.splat(0), b);
  let nanC = addNaN<T>(i32x4.splat(0), c);
  let nanD = addNaN<T>(i32x4.splat(0), d);
  let k = n - 1;
  while (k > 0) {
    x += pitch;
    let v = v128.load(x);
    a = combine<Op, T>(a, v);
    nanA = addNaN<T>(nanA, v);
    v = v128.load(x, 16);
    b = combine<Op, T>(b, v);
    nanB = addNaN<T>(nanB, v);
    v = v128.load(x, 32);
    c = combine<Op, T>(c, v);
    nanC = addNaN<T>(nanC, v);
    v = v128.load(x, 48);
    d = combine<Op, T>(d, v);
    nanD = addNaN<T>(nanD, v);
    k--;
  }
  v128.store(y, v128.or(a, nanA));
  v128.store(y, v128.or(b, nanB), 16);
  v128.store(y, v128.or(c, nanC), 32);
  v128.store(y, v128.or(d, nanD), 48);
}

/** y[j] = the extreme over i of x[i, j] for i < n, j < inner; n >= 1. */
function columns<Op, T>(x: usize, y: usize, n: i32, inner: i32): void {
  const pitch = <usize>inner * sizeof<T>();
  const end = y + pitch;
  while (y + 64 <= end) {
    fourColumns<Op, T>(x, y, n, pitch);
    x += 64;
    y += 64;
  }
  while (y + 16 <= end) {
    v128.store(y, column<Op, T>(x, n, pitch));
    x += 16;
    y += 16;
  }
  if (y == end) return;
  const rest = column<Op, T>(x, n, pitch);
  if (sizeof<T>() == 4) {
    storePartial(y, rest, <i32>((end - y) >> 2));
  } else {
    v128.store(fixedScratch, rest);
    memory.copy(y, fixedScratch, end - y);
  }
}

// @ts-ignore: decorator
@inline
function reduce<Op, T>(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  const pitch = <usize>inner * sizeof<T>();
  if (n == 0) {
    // Every byte 0xff is a NaN.
    memory.fill(y, isFloat<T>() ? 0xff : 0, <usize>outer * pitch);
    return;
  }
  while (outer > 0) {
    if (inner == 1) store<T>(y, row<Op, T>(x, n));
    else columns<Op, T>(x, y, n, inner);
    x += <usize>n * pitch;
    y += pitch;
    outer--;
  }
}

/** y[o, i] = max over r of x[o, r, i]; where n is 0, NaN for float32 and 0 for the others. All sizes >= 0. */
export function max_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Max, f32>(x, y, outer, n, inner);
}
export function max_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Max, i32>(x, y, outer, n, inner);
}
export function max_bool(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Max, u8>(x, y, outer, n, inner);
}

/** y[o, i] = min over r of x[o, r, i]; where n is 0, as max. */
export function min_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Min, f32>(x, y, outer, n, inner);
}
export function min_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Min, i32>(x, y, outer, n, inner);
}
export function min_bool(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Min, u8>(x, y, outer, n, inner);
}
