/**
 * Micro-kernels for filters of three columns without dilation, which most depthwise convolutions have: taps and pixels
 * are unrolled, and share what they load (14x14x32 at 30 GFLOP/s, by the tables of micro.ts at 21). Pixels and taps go
 * from the last to the first: in the other order V8 spills (24).
 */
import {ZEROS} from '../../memory';
import {fma, storePartial} from '../../simd';
import {TILE_COLUMNS} from './micro';
import {PIXEL_BYTES} from './strip';

/**
 * Pixels of a register tile: 7 divides the widths of most networks' images, and seven sums leave registers for the
 * taps.
 */
const ROW_PIXELS: i32 = 7;

/** Whether rows of `width` pixels can be computed by depthwise_row_f32. */
export function isRowwise(width: i32, filterWidth: i32, strideWidth: i32, dilationWidth: i32): bool {
  return width >= ROW_PIXELS && filterWidth == 3 && strideWidth == 1 && dilationWidth == 1;
}

/**
 * y[i][j] = start[j] + sum over r, t of x[r][i + t][j] * w[3 r + t][j] for i < 7, r < filterRows, t < 3, j < columns.
 *
 * x        nine neighbouring pixels of filterRows rows of a plane, rows xRow bytes apart
 * w        taps in the order of r and t, tapBytes apart, which may be negative
 * start    four floats
 * y        seven pixels, yPixel bytes apart
 * columns  1 .. 4; four floats are read in any case, nothing is written past the columns
 */
export function depthwise_row_f32(
  x: usize,
  xRow: usize,
  w: usize,
  tapBytes: usize,
  filterRows: i32,
  start: usize,
  y: usize,
  yPixel: usize,
  columns: i32,
): void {
  const zero = f32x4.splat(0);
  let s0 = zero,
    s1 = zero,
    s2 = zero,
    s3 = zero,
    s4 = zero,
    s5 = zero,
    s6 = zero;
  while (filterRows > 0) {
    const w0 = v128.load(w);
    w += tapBytes;
    const w1 = v128.load(w);
    w += tapBytes;
    const w2 = v128.load(w);
    w += tapBytes;
    let v = v128.load(x, 8 * PIXEL_BYTES);
    s6 = fma(v, w2, s6);
    v = v128.load(x, 7 * PIXEL_BYTES);
    s6 = fma(v, w1, s6);
    s5 = fma(v, w2, s5);
    v = v128.load(x, 6 * PIXEL_BYTES);
    s6 = fma(v, w0, s6);
    s5 = fma(v, w1, s5);
    s4 = fma(v, w2, s4);
    v = v128.load(x, 5 * PIXEL_BYTES);
    s5 = fma(v, w0, s5);
    s4 = fma(v, w1, s4);
    s3 = fma(v, w2, s3);
    v = v128.load(x, 4 * PIXEL_BYTES);
    s4 = fma(v, w0, s4);
    s3 = fma(v, w1, s3);
    s2 = fma(v, w2, s2);
    v = v128.load(x, 3 * PIXEL_BYTES);
    s3 = fma(v, w0, s3);
    s2 = fma(v, w1, s2);
    s1 = fma(v, w2, s1);
    v = v128.load(x, 2 * PIXEL_BYTES);
    s2 = fma(v, w0, s2);
    s1 = fma(v, w1, s1);
    s0 = fma(v, w2, s0);
    v = v128.load(x, PIXEL_BYTES);
    s1 = fma(v, w0, s1);
    s0 = fma(v, w1, s0);
    v = v128.load(x);
    s0 = fma(v, w0, s0);
    x += xRow;
    filterRows--;
  }
  const from = v128.load(start);
  put(y, f32x4.add(from, s0), columns);
  put((y += yPixel), f32x4.add(from, s1), columns);
  put((y += yPixel), f32x4.add(from, s2), columns);
  put((y += yPixel), f32x4.add(from, s3), columns);
  put((y += yPixel), f32x4.add(from, s4), columns);
  put((y += yPixel), f32x4.add(from, s5), columns);
  put((y += yPixel), f32x4.add(from, s6), columns);
}

// @ts-ignore: decorator
@inline
function put(y: usize, x: v128, columns: i32): void {
  if (columns == 4) v128.store(y, x);
  else storePartial(y, x, columns);
}

/**
 * depthwise_row_f32 for all pixels of `rows` rows of `width` >= 7 pixels and the channels of a block. The rows of y
 * follow one another; the rows of the strip that their first taps read are xStep bytes apart.
 *
 * w, start, y  for the block's first channel; start may be 0
 */
export function sumRows(
  strip: usize,
  plane: usize,
  xStep: usize,
  xRow: usize,
  w: usize,
  tapBytes: usize,
  filterRows: i32,
  start: usize,
  y: usize,
  yPixel: usize,
  rows: i32,
  width: i32,
  channels: i32,
): void {
  while (rows > 0) {
    for (let i = 0; i < width; i += ROW_PIXELS) {
      // The last tile overlaps the one before it.
      const first = <usize>min(i, width - ROW_PIXELS);
      const q = y + first * yPixel;
      for (let c = 0; c < channels; c += 4) {
        const at = (<usize>c) << 2;
        const from = start ? start + at : ZEROS;
        const p = strip + first * PIXEL_BYTES + <usize>(c / TILE_COLUMNS) * plane + (at & 16);
        depthwise_row_f32(p, xRow, w + at, tapBytes, filterRows, from, q + at, yPixel, min(4, channels - c));
      }
    }
    strip += xStep;
    y += <usize>width * yPixel;
    rows--;
  }
}

/**
 * y[3 r + t][j] += sum over i of x[r][s i + t][j] * dy[i][j] for i < count, r and t < 3 and j < 4: what one row of
 * output pixels adds to the gradient of a 3x3 filter with a horizontal stride of s.
 *
 * x   three rows of a plane, xRow bytes apart; xStep is the stride s in bytes
 * dy  `count` pixels, dyPixel bytes apart
 * y   nine taps, PIXEL_BYTES apart
 */
export function depthwise_taps_f32(
  x: usize,
  xRow: usize,
  xStep: usize,
  dy: usize,
  dyPixel: usize,
  count: i32,
  y: usize,
): void {
  const zero = f32x4.splat(0);
  let s0 = zero,
    s1 = zero,
    s2 = zero,
    s3 = zero,
    s4 = zero,
    s5 = zero,
    s6 = zero,
    s7 = zero,
    s8 = zero;
  let x1 = x + xRow;
  let x2 = x1 + xRow;
  while (count > 0) {
    const g = v128.load(dy);
    s8 = fma(v128.load(x2, 2 * PIXEL_BYTES), g, s8);
    s7 = fma(v128.load(x2, PIXEL_BYTES), g, s7);
    s6 = fma(v128.load(x2), g, s6);
    s5 = fma(v128.load(x1, 2 * PIXEL_BYTES), g, s5);
    s4 = fma(v128.load(x1, PIXEL_BYTES), g, s4);
    s3 = fma(v128.load(x1), g, s3);
    s2 = fma(v128.load(x, 2 * PIXEL_BYTES), g, s2);
    s1 = fma(v128.load(x, PIXEL_BYTES), g, s1);
    s0 = fma(v128.load(x), g, s0);
    x += xStep;
    x1 += xStep;
    x2 += xStep;
    dy += dyPixel;
    count--;
  }
  add(y, s0);
  add(y + PIXEL_BYTES, s1);
  add(y + 2 * PIXEL_BYTES, s2);
  add(y + 3 * PIXEL_BYTES, s3);
  add(y + 4 * PIXEL_BYTES, s4);
  add(y + 5 * PIXEL_BYTES, s5);
  add(y + 6 * PIXEL_BYTES, s6);
  add(y + 7 * PIXEL_BYTES, s7);
  add(y + 8 * PIXEL_BYTES, s8);
}

// @ts-ignore: decorator
@inline
function add(y: usize, x: v128): void {
  v128.store(y, f32x4.add(v128.load(y), x));
}
