/**
 * A row vector times a constant matrix, which the compiler of models lays out for it: its columns in panels, one after
 * another, so that the sums of a panel stay in registers and the matrix is read from beginning to end.
 *
 * The loops are exported so that each is a function of its own: inlined into one, or with their multiply-adds in the
 * reverse order, 5408 x 200 takes 77 to 110 us instead of 51 to 58, since V8 of Node 20 then spills.
 */
import {PANEL_COLUMNS, PANEL_UNIT} from '../abi';
import {ZEROS} from '../memory';
import {fma, storePartial} from '../simd';

/**
 * y = x B + bias for one row x of k floats, with the bits of gemm_f32; B is k x n, bias n floats or 0.
 *
 * panels  B in panels of PANEL_COLUMNS columns, each k rows of its columns; of what is left, one has the largest multiple
 *         of PANEL_UNIT, and one the rest. It is read less than READ_PADDING past its end.
 */
export function row_times_panels_f32(x: usize, panels: usize, y: usize, n: i32, k: i32, bias: usize): void {
  let whole = n & -PANEL_UNIT;
  const rest = n - whole;
  let start = bias ? bias : ZEROS;
  while (whole > 0) {
    const columns = min(whole, PANEL_COLUMNS);
    if (columns > 16) row_times_panel_of_twelve_f32(x, panels, columns, k, start, y);
    else row_times_panel_of_four_f32(x, panels, columns, k, start, y);
    const bytes = (<usize>columns) << 2;
    panels += bytes * k;
    y += bytes;
    if (bias) start += bytes;
    whole -= columns;
  }
  if (rest) row_times_panel_of_rest_f32(x, panels, rest, k, start, y);
}

/** A panel of 24 to 48 columns: its first 24 and its last 24, of which some may be the same. */
export function row_times_panel_of_twelve_f32(x: usize, b: usize, columns: i32, k: i32, start: usize, y: usize): void {
  const row = (<usize>columns) << 2;
  const second = row - 96;
  let b1 = b + second;
  let c0 = v128.load(start),
    c1 = v128.load(start, 16),
    c2 = v128.load(start, 32),
    c3 = v128.load(start, 48),
    c4 = v128.load(start, 64),
    c5 = v128.load(start, 80);
  let d0 = v128.load(start + second),
    d1 = v128.load(start + second, 16),
    d2 = v128.load(start + second, 32),
    d3 = v128.load(start + second, 48),
    d4 = v128.load(start + second, 64),
    d5 = v128.load(start + second, 80);
  while (k > 0) {
    const a = v128.load32_splat(x);
    c0 = fma(a, v128.load(b), c0);
    c1 = fma(a, v128.load(b, 16), c1);
    c2 = fma(a, v128.load(b, 32), c2);
    c3 = fma(a, v128.load(b, 48), c3);
    c4 = fma(a, v128.load(b, 64), c4);
    c5 = fma(a, v128.load(b, 80), c5);
    d0 = fma(a, v128.load(b1), d0);
    d1 = fma(a, v128.load(b1, 16), d1);
    d2 = fma(a, v128.load(b1, 32), d2);
    d3 = fma(a, v128.load(b1, 48), d3);
    d4 = fma(a, v128.load(b1, 64), d4);
    d5 = fma(a, v128.load(b1, 80), d5);
    x += 4;
    b += row;
    b1 += row;
    k--;
  }
  v128.store(y, c0);
  v128.store(y, c1, 16);
  v128.store(y, c2, 32);
  v128.store(y, c3, 48);
  v128.store(y, c4, 64);
  v128.store(y, c5, 80);
  v128.store(y + second, d0);
  v128.store(y + second, d1, 16);
  v128.store(y + second, d2, 32);
  v128.store(y + second, d3, 48);
  v128.store(y + second, d4, 64);
  v128.store(y + second, d5, 80);
}

/** A panel of 8 to 16 columns, as its first and its last 8. */
export function row_times_panel_of_four_f32(x: usize, b: usize, columns: i32, k: i32, start: usize, y: usize): void {
  const row = (<usize>columns) << 2;
  const second = row - 32;
  let b1 = b + second;
  let c0 = v128.load(start),
    c1 = v128.load(start, 16);
  let d0 = v128.load(start + second),
    d1 = v128.load(start + second, 16);
  while (k > 0) {
    const a = v128.load32_splat(x);
    c0 = fma(a, v128.load(b), c0);
    c1 = fma(a, v128.load(b, 16), c1);
    d0 = fma(a, v128.load(b1), d0);
    d1 = fma(a, v128.load(b1, 16), d1);
    x += 4;
    b += row;
    b1 += row;
    k--;
  }
  v128.store(y, c0);
  v128.store(y, c1, 16);
  v128.store(y + second, d0);
  v128.store(y + second, d1, 16);
}

/** A panel of 1 to 7 columns. As in gemm/micro/tile.ts, the start of these columns is added last. */
export function row_times_panel_of_rest_f32(x: usize, b: usize, columns: i32, k: i32, start: usize, y: usize): void {
  const row = (<usize>columns) << 2;
  let low = f32x4.splat(0),
    high = f32x4.splat(0);
  while (k > 0) {
    const a = v128.load32_splat(x);
    low = fma(a, v128.load(b), low);
    high = fma(a, v128.load(b, 16), high);
    x += 4;
    b += row;
    k--;
  }
  low = f32x4.add(low, v128.load(start));
  if (columns < 4) {
    storePartial(y, low, columns);
    return;
  }
  v128.store(y, low);
  storePartial(y + 16, f32x4.add(high, v128.load(start, 16)), columns - 4);
}
