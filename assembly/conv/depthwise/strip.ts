/**
 * What the depthwise kernels read: a strip, the copy of some rows of one image and one block of its channels, with
 * zeros as padding. Each channel is repeated for each output channel that the filter has for it. A strip consists of
 * planes of eight channels: in the image itself a power of two of channels would put neighbouring pixels into one set
 * of the cache. In a plane pixels are a constant distance apart, and read without computing their addresses.
 */
import {ZEROS} from '../../memory';
import {storePartial} from '../../simd';
import {DEPTHWISE_BLOCK, DEPTHWISE_STRIP_BYTES} from '../../tuning';
import {Geometry2D} from '../geometry';
import {depthwise_tile_f32, TILE_COLUMNS, TILE_ROWS} from './micro';

/** Bytes from one pixel of a plane to the next. */
// @ts-ignore: decorator
@inline
export const PIXEL_BYTES: usize = TILE_COLUMNS << 2;

/** Output channels for each input channel: the channel multiplier. */
export function multiplier(g: Geometry2D): i32 {
  return g.outChannels / g.inChannels;
}

/** Output channels of a block: all those of a number of input channels. */
export function blockChannels(g: Geometry2D): i32 {
  const m = multiplier(g);
  return min(g.outChannels, max(1, DEPTHWISE_BLOCK / m) * m);
}

/** Planes for `channels` channels. */
export function planeCount(channels: i32): i32 {
  return (channels + TILE_COLUMNS - 1) / TILE_COLUMNS;
}

/** Bytes from one plane to the next: a cache line more than its size, so that the planes' pixels do not share a set. */
export function planeBytes(rows: i32, columns: i32): usize {
  return <usize>(rows * columns) * PIXEL_BYTES + 64;
}

/** Bytes of the strip of a block, and after its planes of the row in which fillStrip repeats channels. */
export function stripBytes(g: Geometry2D, rows: i32, columns: i32): usize {
  const planes = <usize>planeCount(blockChannels(g));
  return planes * planeBytes(rows, columns) + (multiplier(g) > 1 ? planes * <usize>columns * PIXEL_BYTES : 0);
}

/**
 * How many steps one strip serves, of the `steps` of an image; a step is a row of the output, or as many rows of the
 * input as the stride. Strips are as equal as possible, and the largest that fit into DEPTHWISE_STRIP_BYTES, at least
 * one step. The first step needs `reach` rows of the strip, each further one `rowsOfStep` more.
 */
export function stepsOfStrip(g: Geometry2D, steps: i32, reach: i32, rowsOfStep: i32, columns: i32): i32 {
  const rowBytes = <usize>(planeCount(blockChannels(g)) * columns) * PIXEL_BYTES;
  const rows = <i32>(DEPTHWISE_STRIP_BYTES / rowBytes);
  const most = max(1, (rows - reach) / rowsOfStep + 1);
  const strips = (steps + most - 1) / most;
  return (steps + strips - 1) / strips;
}

/**
 * Bytes of a table of `count` places or terms, and of the four entries after them that are read too, which fillTable
 * clears.
 */
export function tableBytes(count: i32): usize {
  return (<usize>(count + TILE_ROWS - 1)) << 3;
}

/**
 * Fills a table for the micro-kernels: a pair of byte offsets for each element of a rows x columns grid, from x0 and y0
 * on, in the given steps. Returns the table's end.
 */
export function fillTable(
  table: usize,
  rows: i32,
  columns: i32,
  x0: usize,
  xRow: usize,
  xColumn: usize,
  y0: usize,
  yRow: usize,
  yColumn: usize,
): usize {
  while (rows > 0) {
    let x = x0;
    let y = y0;
    for (let c = columns; c > 0; c--) {
      store<u32>(table, <u32>x);
      store<u32>(table, <u32>y, 4);
      x += xColumn;
      y += yColumn;
      table += 8;
    }
    x0 += xRow;
    y0 += yRow;
    rows--;
  }
  memory.fill(table, 0, tableBytes(0));
  return table;
}

/** Converts a table of offsets to terms: each entry becomes its distance from the one before. */
export function toTerms(table: usize, end: usize): void {
  for (let p = end - 8; p > table; p -= 8) {
    store<u32>(p, load<u32>(p) - load<u32>(p - 8));
    store<u32>(p, load<u32>(p, 4) - load<u32>(p - 8, 4), 4);
  }
}

/**
 * Fills the planes of a strip of rows * columns pixels. Pixel (top, left) of the strip, which may lie outside it, is
 * the image's first.
 *
 * image     the block's first input channel in the image, height * width pixels that are pixelBytes apart
 * channels  of the block, `repeats` of them for each input channel
 * strip     cleared before the first call: the padding left and right of the image is not written
 * plane     bytes from one plane to the next
 */
export function fillStrip(
  g: Geometry2D,
  image: usize,
  height: i32,
  width: i32,
  pixelBytes: usize,
  channels: i32,
  repeats: i32,
  strip: usize,
  plane: usize,
  rows: i32,
  columns: i32,
  top: i32,
  left: i32,
): void {
  const planes = planeCount(channels);
  const rowBytes = <usize>columns * PIXEL_BYTES;
  const repeated = strip + <usize>planeCount(blockChannels(g)) * plane;
  const first = max(0, left);
  const count = min(columns - first, width + left - first);
  for (let r = 0; r < rows; r++) {
    const row = r - top;
    if (row < 0 || row >= height) {
      for (let i = 0; i < planes; i++) clearPixels(strip + <usize>i * plane, columns);
    } else {
      let from = image + <usize>(row * width + first - left) * pixelBytes;
      let fromPixel = pixelBytes;
      if (repeats > 1) {
        repeatChannels(from, repeated, count, channels / repeats, repeats, pixelBytes);
        from = repeated;
        fromPixel = (<usize>channels) << 2;
      }
      copyPixels(from, strip + <usize>first * PIXEL_BYTES, count, planes, fromPixel, plane);
    }
    strip += rowBytes;
  }
}

/** Faster than a call of memory.fill for most rows. */
function clearPixels(to: usize, count: i32): void {
  const zero = i32x4.splat(0);
  while (count > 0) {
    v128.store(to, zero);
    v128.store(to, zero, 16);
    to += PIXEL_BYTES;
    count--;
  }
}

/** Copies `count` pixels, eight channels to each plane. */
function copyPixels(from: usize, to: usize, count: i32, planes: i32, fromPixel: usize, plane: usize): void {
  while (count > 0) {
    let p = from;
    let q = to;
    let k = planes;
    while (k > 0) {
      v128.store(q, v128.load(p));
      v128.store(q, v128.load(p, 16), 16);
      p += PIXEL_BYTES;
      q += plane;
      k--;
    }
    from += fromPixel;
    to += PIXEL_BYTES;
    count--;
  }
}

/** Copies `count` pixels to contiguous ones, with each channel repeated `repeats` times. */
function repeatChannels(from: usize, to: usize, count: i32, channels: i32, repeats: i32, fromPixel: usize): void {
  while (count > 0) {
    let p = from;
    for (let c = channels; c > 0; c--) {
      const value = v128.load32_splat(p);
      let k = repeats;
      while (k >= 4) {
        v128.store(to, value);
        to += 16;
        k -= 4;
      }
      storePartial(to, value, k);
      to += (<usize>k) << 2;
      p += 4;
    }
    from += fromPixel;
    count--;
  }
}

/**
 * The sums of `count` places for the channels of a block; see micro.ts.
 *
 * w, start, y  for the block's first channel; start may be 0
 */
export function sumPlaces(
  places: usize,
  count: i32,
  terms: usize,
  k: i32,
  strip: usize,
  plane: usize,
  w: usize,
  start: usize,
  y: usize,
  channels: i32,
): void {
  while (count > 0) {
    const rows = min(TILE_ROWS, count);
    let x = strip;
    for (let c = 0; c < channels; c += TILE_COLUMNS) {
      const at = (<usize>c) << 2;
      const from = start ? start + at : ZEROS;
      depthwise_tile_f32(places, rows, terms, k, x, w + at, from, y + at, min(TILE_COLUMNS, channels - c));
      x += plane;
    }
    places += TILE_ROWS << 3;
    count -= TILE_ROWS;
  }
}
