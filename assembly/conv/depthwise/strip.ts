/**
 * Where the depthwise kernels read: in a strip, a copy of some rows of one image and of a block of its channels. Zeros
 * surround the image there, and each channel is there as often as the filter has outputs for it. Eight channels at a
 * time make a plane: in the image itself a power of two of channels would put neighbouring pixels into one set of the
 * cache, and pixels at a constant distance are read without computing their addresses.
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

/** Output channels for each input channel. */
export function multiplier(g: Geometry2D): i32 {
  return g.outChannels / g.inChannels;
}

/** Output channels of a block: all of those of some input channels. */
export function blockChannels(g: Geometry2D): i32 {
  const m = multiplier(g);
  return min(g.outChannels, max(1, DEPTHWISE_BLOCK / m) * m);
}

/** Planes for so many channels. */
export function planeCount(channels: i32): i32 {
  return (channels + TILE_COLUMNS - 1) / TILE_COLUMNS;
}

/** Bytes from one plane to the next: a cache line more than it has, lest the planes' pixels share a set. */
export function planeBytes(rows: i32, columns: i32): usize {
  return <usize>(rows * columns) * PIXEL_BYTES + 64;
}

/** The bytes of the strip for a block, and behind its planes of the row in which fillStrip repeats channels. */
export function stripBytes(g: Geometry2D, rows: i32, columns: i32): usize {
  const planes = <usize>planeCount(blockChannels(g));
  return planes * planeBytes(rows, columns) + (multiplier(g) > 1 ? planes * <usize>columns * PIXEL_BYTES : 0);
}

/**
 * How many steps of rows, of `steps` that a whole image has, make a strip: of equal strips the largest that keep to
 * DEPTHWISE_STRIP_BYTES, or one step. The first takes `reach` rows of the strip, each of the others `rowsOfStep` more.
 */
export function stepsOfStrip(g: Geometry2D, steps: i32, reach: i32, rowsOfStep: i32, columns: i32): i32 {
  const rowBytes = <usize>(planeCount(blockChannels(g)) * columns) * PIXEL_BYTES;
  const rows = <i32>(DEPTHWISE_STRIP_BYTES / rowBytes);
  const most = max(1, (rows - reach) / rowsOfStep + 1);
  const strips = (steps + most - 1) / most;
  return (steps + strips - 1) / strips;
}

/** The bytes of a table of `count` places or terms: four more are read, which fillTable makes zero. */
export function tableBytes(count: i32): usize {
  return (<usize>(count + TILE_ROWS - 1)) << 3;
}

/**
 * A table for the micro-kernels: pairs of byte offsets for rows and columns of a grid, which begin at x0 and y0 and go
 * on in the given steps. Returns the table's end.
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

/** Makes terms of a table: each entry becomes the distance from the one before it. */
export function toTerms(table: usize, end: usize): void {
  for (let p = end - 8; p > table; p -= 8) {
    store<u32>(p, load<u32>(p) - load<u32>(p - 8));
    store<u32>(p, load<u32>(p, 4) - load<u32>(p - 8, 4), 4);
  }
}

/**
 * Fills the planes of a strip of rows * columns pixels: its pixel (top, left), which may lie outside, is the image's
 * first.
 *
 * image     the block's first input channel in the image, height * width pixels that are pixelBytes apart
 * channels  of the block, `repeats` of them for each input channel
 * strip     to be cleared before the first time: what is left and right of the image is not written
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

/** A call of memory.fill would take longer than most rows. */
function clearPixels(to: usize, count: i32): void {
  const zero = i32x4.splat(0);
  while (count > 0) {
    v128.store(to, zero);
    v128.store(to, zero, 16);
    to += PIXEL_BYTES;
    count--;
  }
}

/** `count` pixels to each of the planes. */
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

/** `count` pixels, one after the other, in which each channel is there `repeats` times. */
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
