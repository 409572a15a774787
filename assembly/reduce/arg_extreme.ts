/**
 * The index of the first largest or smallest element along the middle of three dimensions: x is [outer, n, inner], y is
 * [outer, inner], int32. NaN is never larger or smaller; if the first element is NaN, nothing is, and the index is 0.
 */
import {fixedScratch} from '../memory';

class Max {}
class Min {}

/** Rows shorter than this are searched one element after the other. */
const MIN_VECTOR_ROW: i32 = 16;

// @ts-ignore: decorator
@inline
function better<Op, T>(a: v128, b: v128): v128 {
  if (idof<Op>() == idof<Max>()) return isFloat<T>() ? f32x4.gt(a, b) : i32x4.gt_s(a, b);
  return isFloat<T>() ? f32x4.lt(a, b) : i32x4.lt_s(a, b);
}

/** The better of the two, a if neither is better: what a choice by better<Op, T>(b, a) gives, in one instruction. */
// @ts-ignore: decorator
@inline
function best<Op, T>(a: v128, b: v128): v128 {
  if (idof<Op>() == idof<Max>()) return isFloat<T>() ? f32x4.pmax(a, b) : i32x4.max_s(a, b);
  return isFloat<T>() ? f32x4.pmin(a, b) : i32x4.min_s(a, b);
}

// @ts-ignore: decorator
@inline
function isBetter<Op, T>(a: T, b: T): bool {
  return idof<Op>() == idof<Max>() ? a > b : a < b;
}

/** The index of the extreme of n elements that are `pitch` bytes apart. */
function search<Op, T>(x: usize, n: i32, pitch: usize): i32 {
  let extreme = load<T>(x);
  let index = 0;
  for (let i = 1; i < n; i++) {
    x += pitch;
    const value = load<T>(x);
    const found = isBetter<Op, T>(value, extreme);
    extreme = found ? value : extreme;
    index = found ? i : index;
  }
  return index;
}

/** The same for n >= 4 neighbours of 4 bytes each. */
function searchRow<Op, T>(x: usize, n: i32): i32 {
  // All lanes start from the first element, so that a NaN in the first place of another lane does not stay there.
  let extreme = v128.splat<T>(load<T>(x));
  let index = i32x4.splat(0);
  let i = 0;
  while (i + 4 <= n) {
    const value = v128.load(x);
    const found = better<Op, T>(value, extreme);
    extreme = best<Op, T>(extreme, value);
    index = v128.bitselect(i32x4.splat(i), index, found);
    x += 16;
    i += 4;
  }
  v128.store(fixedScratch, extreme);
  v128.store(fixedScratch, index, 16);
  let first = load<T>(fixedScratch);
  let firstIndex = load<i32>(fixedScratch, 16);
  for (let lane = 1; lane < 4; lane++) {
    const p = fixedScratch + ((<usize>lane) << 2);
    const value = load<T>(p);
    // In a lane that found nothing better than the first element, this is not its index. But then lane 0 has that value
    // at index 0, or a better one.
    const laneIndex = load<i32>(p, 16) + lane;
    if (isBetter<Op, T>(value, first) || (value == first && laneIndex < firstIndex)) {
      first = value;
      firstIndex = laneIndex;
    }
  }
  for (; i < n; i++) {
    const value = load<T>(x);
    if (isBetter<Op, T>(value, first)) {
      first = value;
      firstIndex = i;
    }
    x += 4;
  }
  return firstIndex;
}

/** y[j] for four columns of 4 bytes each, n rows that are `pitch` bytes apart. */
function searchColumns<Op, T>(x: usize, y: usize, n: i32, pitch: usize): void {
  let extreme = v128.load(x);
  let index = i32x4.splat(0);
  for (let i = 1; i < n; i++) {
    x += pitch;
    const value = v128.load(x);
    const found = better<Op, T>(value, extreme);
    extreme = best<Op, T>(extreme, value);
    index = v128.bitselect(i32x4.splat(i), index, found);
  }
  v128.store(y, index);
}

// @ts-ignore: decorator
@inline
function reduce<Op, T>(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  const pitch = <usize>inner * sizeof<T>();
  if (n == 0) {
    memory.fill(y, 0, (<usize>outer * <usize>inner) << 2);
    return;
  }
  while (outer > 0) {
    if (sizeof<T>() == 4 && inner == 1 && n >= MIN_VECTOR_ROW) {
      store<i32>(y, searchRow<Op, T>(x, n));
    } else {
      let j = 0;
      if (sizeof<T>() == 4) {
        for (; j + 4 <= inner; j += 4) searchColumns<Op, T>(x + ((<usize>j) << 2), y + ((<usize>j) << 2), n, pitch);
      }
      for (; j < inner; j++) {
        store<i32>(y + ((<usize>j) << 2), search<Op, T>(x + <usize>j * sizeof<T>(), n, pitch));
      }
    }
    x += <usize>n * pitch;
    y += (<usize>inner) << 2;
    outer--;
  }
}

/** y[o, i] = the first r with the largest x[o, r, i]; 0 where n is 0. All sizes >= 0. */
export function argmax_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Max, f32>(x, y, outer, n, inner);
}
export function argmax_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Max, i32>(x, y, outer, n, inner);
}
export function argmax_bool(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Max, u8>(x, y, outer, n, inner);
}

/** y[o, i] = the first r with the smallest x[o, r, i]; 0 where n is 0. */
export function argmin_f32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Min, f32>(x, y, outer, n, inner);
}
export function argmin_i32(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Min, i32>(x, y, outer, n, inner);
}
export function argmin_bool(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  reduce<Min, u8>(x, y, outer, n, inner);
}
