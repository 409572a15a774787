/**
 * The micro-kernels of the depthwise convolution: the sums of five places by eight channels stay in registers while
 * their terms are added. Places are pixels and terms are taps; for the filter's gradient places are taps and terms are
 * pixels. As in gemm/micro, each is a function of its own with a single loop in it, in which the rows go from the last
 * to the first.
 */
import {fma, storePartial} from '../../simd';

/**
 * Places and channels of a register tile: ten sums, which leave registers for the products of an fma() of two
 * instructions.
 */
// @ts-ignore: decorator
@inline
export const TILE_ROWS: i32 = 5;
// @ts-ignore: decorator
@inline
export const TILE_COLUMNS: i32 = 8;

/**
 * Tags: the sums are added to the same eight values for all places (Alike), or to what y has at each place (InPlace).
 */
class Alike {}
class InPlace {}

/**
 * y[q_i][j] = start[j] + sum over k of x[p_i + s_k][j] * w[t_k][j] for i < rows and j < columns.
 *
 * places   p_i and q_i for each i, byte offsets, uint32; five pairs are read, all p_i of which must be valid
 * rows     1 .. 5; further rows are computed, but not written
 * terms    for each of the k >= 0 terms the distances of s_k and t_k from those before, the first from 0: bytes, uint32
 * start    eight floats (Alike); unused InPlace, where the sums are added to y[q_i] itself
 * columns  1 .. 8; eight floats are read in any case, nothing is written past the columns
 *
 * Terms are distances, so that pointers advance: of absolute s_k, V8 would compute s_k + p_i + x anew for each load.
 */
// @ts-ignore: decorator
@inline
function tile<Start>(
  places: usize,
  rows: i32,
  terms: usize,
  k: i32,
  x: usize,
  w: usize,
  start: usize,
  y: usize,
  columns: i32,
): void {
  const zero = f32x4.splat(0);
  let s00 = zero,
    s01 = zero,
    s10 = zero,
    s11 = zero,
    s20 = zero,
    s21 = zero;
  let s30 = zero,
    s31 = zero,
    s40 = zero,
    s41 = zero;
  let x0 = x + load<u32>(places);
  let x1 = x + load<u32>(places, 8);
  let x2 = x + load<u32>(places, 16);
  let x3 = x + load<u32>(places, 24);
  let x4 = x + load<u32>(places, 32);
  while (k > 0) {
    const step = load<u32>(terms);
    w += load<u32>(terms, 4);
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    x4 += step;
    s40 = fma(v128.load(x4), w0, s40);
    s41 = fma(v128.load(x4, 16), w1, s41);
    x3 += step;
    s30 = fma(v128.load(x3), w0, s30);
    s31 = fma(v128.load(x3, 16), w1, s31);
    x2 += step;
    s20 = fma(v128.load(x2), w0, s20);
    s21 = fma(v128.load(x2, 16), w1, s21);
    x1 += step;
    s10 = fma(v128.load(x1), w0, s10);
    s11 = fma(v128.load(x1, 16), w1, s11);
    x0 += step;
    s00 = fma(v128.load(x0), w0, s00);
    s01 = fma(v128.load(x0, 16), w1, s01);
    terms += 8;
    k--;
  }
  put<Start>(y + load<u32>(places, 4), start, s00, s01, columns);
  if (rows > 1) put<Start>(y + load<u32>(places, 12), start, s10, s11, columns);
  if (rows > 2) put<Start>(y + load<u32>(places, 20), start, s20, s21, columns);
  if (rows > 3) put<Start>(y + load<u32>(places, 28), start, s30, s31, columns);
  if (rows > 4) put<Start>(y + load<u32>(places, 36), start, s40, s41, columns);
}

// @ts-ignore: decorator
@inline
function put<Start>(y: usize, start: usize, a: v128, b: v128, columns: i32): void {
  const from = idof<Start>() == idof<InPlace>() ? y : start;
  a = f32x4.add(v128.load(from), a);
  b = f32x4.add(v128.load(from, 16), b);
  if (columns == 8) {
    v128.store(y, a);
    v128.store(y, b, 16);
  } else {
    putSome(y, a, b, columns);
  }
}

function putSome(y: usize, a: v128, b: v128, columns: i32): void {
  if (columns < 4) {
    storePartial(y, a, columns);
  } else {
    v128.store(y, a);
    storePartial(y + 16, b, columns - 4);
  }
}

/** The sums are added to `start`; see tile(). */
export function depthwise_tile_f32(
  places: usize,
  rows: i32,
  terms: usize,
  k: i32,
  x: usize,
  w: usize,
  start: usize,
  y: usize,
  columns: i32,
): void {
  tile<Alike>(places, rows, terms, k, x, w, start, y, columns);
}
/** Eight columns, the sums are added to y; see tile(). */
export function depthwise_tile_in_place_f32(
  places: usize,
  rows: i32,
  terms: usize,
  k: i32,
  x: usize,
  w: usize,
  y: usize,
): void {
  tile<InPlace>(places, rows, terms, k, x, w, 0, y, 8);
}
