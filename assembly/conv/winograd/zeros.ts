/**
 * Keeps exact zeros exact. Where all pixels that an output reads are zero, its direct sum is 0, and relu's gradient there
 * is 0 too; minimal filtering of a tile that is not all zero leaves some 1e-7. So it is noted which pixels of a tile are
 * zero in all channels: a map of one image first, of a bit a pixel, then a word for each tile, bit 6 * row + column.
 */
import {addFloats} from '../../simd';
import {Geometry2D} from '../geometry';

/** A tile without a pixel that is zero. */
const ALL: u64 = 0xfffffffff;

/** Bytes of a row of an image's map: a bit a pixel, and what the load of a tile's last row reads further. */
function mapPitch(g: Geometry2D): usize {
  return <usize>((g.paddedWidth() + 7) / 8 + 8);
}
export function mapBytes(g: Geometry2D): usize {
  return mapPitch(g) * <usize>g.paddedHeight();
}

/** Maps the image at `source`, whose rows are g.sourceRowBytes() apart. */
export function mapPixels(g: Geometry2D, source: usize, map: usize): void {
  const channels = g.inChannels;
  const pitch = mapPitch(g);
  memory.fill(map, 0, mapBytes(g));
  for (let row = g.paddedHeight(); row > 0; row--) {
    let at = source;
    for (let column = 0; column < g.paddedWidth(); column++) {
      if (!isZeroPixel(at, channels)) {
        const byte = map + <usize>(column >> 3);
        const bit: u8 = 1 << (<u8>(column & 7));
        store<u8>(byte, load<u8>(byte) | bit);
      }
      at += (<usize>channels) << 2;
    }
    source += g.sourceRowBytes();
    map += pitch;
  }
}

/** Whether `channels` floats, at least four, are all 0 or -0. Few vectors are read of a pixel that is not. */
// @ts-ignore: decorator
@inline
function isZeroPixel(x: usize, channels: i32): bool {
  const last = x + ((<usize>(channels - 4)) << 2);
  for (; x < last; x += 16) if (v128.any_true(i32x4.shl(v128.load(x), 1))) return false;
  // Overlaps the vector before it, unless the channels are whole vectors.
  return !v128.any_true(i32x4.shl(v128.load(last), 1));
}

/** The word of the tile whose first pixel is at (top, left) of the mapped image. */
// @ts-ignore: decorator
@inline
export function tilePixels(g: Geometry2D, map: usize, top: i32, left: i32, rows: i32, columns: i32): u64 {
  const pitch = mapPitch(g);
  let at = map + <usize>top * pitch + <usize>(left >> 3);
  let pixels: u64 = 0;
  for (let row = 0; row < rows; row++) {
    const bits = (load<u64>(at) >> <u64>(left & 7)) & (((<u64>1) << (<u64>columns)) - 1);
    pixels |= bits << (<u64>(6 * row));
    at += pitch;
  }
  return pixels;
}

/** The outputs of a tile that read only zeros, bit 6 * row + column; without a zero in the tile there are none. */
// @ts-ignore: decorator
@inline
function unseenOutputs(pixels: u64, taps: i32): u64 {
  if (pixels == ALL) return 0;
  let lines = pixels;
  for (let tap = 1; tap < taps; tap++) lines |= pixels >> <u64>tap;
  let seen = lines;
  for (let tap = 1; tap < taps; tap++) seen |= lines >> <u64>(6 * tap);
  return ~seen;
}

/**
 * Sets the outputs of a tile that read only zeros to the bias, or to 0 if `bias` is 0. What is not finite stays NaN, as
 * 0 * Infinity is.
 *
 * @param y the tile's first pixel; rows are rowPitch bytes apart
 */
export function restoreZeros(
  g: Geometry2D,
  pixels: u64,
  bias: usize,
  y: usize,
  rowPitch: usize,
  rows: i32,
  columns: i32,
): void {
  const unseen = unseenOutputs(pixels, g.filterHeight);
  if (unseen == 0) return;
  const channels = g.outChannels;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if ((unseen >> <u64>(6 * row + column)) & 1) {
        clearFloats(y + <usize>row * rowPitch + ((<usize>(column * channels)) << 2), bias, channels);
      }
    }
  }
}

/** The taps, bit tap, that multiply a pixel of dy which is not zero by one of x, in a tile. */
export function tapsThatMeet(g: Geometry2D, pixels: u64, gradients: u64): u32 {
  const taps = g.filterHeight;
  let met: u32 = 0;
  for (let row = 0; row < taps; row++) {
    for (let column = 0; column < taps; column++) {
      if (((pixels >> <u64>(6 * row + column)) & gradients) != 0) met |= 1 << (row * taps + column);
    }
  }
  return met;
}

/** All taps of a filter, bit tap. */
export function allTaps(g: Geometry2D): u32 {
  return (1 << (g.filterHeight * g.filterWidth)) - 1;
}

/** The word of a tile of dy, whose rows are rowPitch bytes apart. */
export function gradientPixels(g: Geometry2D, dy: usize, rowPitch: usize, rows: i32, columns: i32): u64 {
  const channels = g.outChannels;
  let pixels: u64 = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const isZero = isZeroPixel(dy + <usize>row * rowPitch + ((<usize>(column * channels)) << 2), channels);
      if (!isZero) pixels |= (<u64>1) << (<u64>(6 * row + column));
    }
  }
  return pixels;
}

/** Whether no pixel of a tile of dy, of rows x columns pixels, is zero. */
// @ts-ignore: decorator
@inline
export function isSeen(gradients: u64, rows: i32, columns: i32): bool {
  return popcnt(gradients) == <u64>(rows * columns);
}

/**
 * Adds the gradients of the pixels that a tile reads, at `patch`, to y: 0 for those that only outputs with a gradient of zero
 * read. What is not finite stays NaN.
 *
 * @param gradients the word of the tile of dy
 */
export function addSeen(
  g: Geometry2D,
  gradients: u64,
  patch: usize,
  y: usize,
  rowPitch: usize,
  rows: i32,
  columns: i32,
): void {
  const taps = g.filterHeight;
  let lines = gradients;
  for (let tap = 1; tap < taps; tap++) lines |= gradients << (<u64>tap);
  let seen = lines;
  for (let tap = 1; tap < taps; tap++) seen |= lines << (<u64>(6 * tap));
  const channels = g.inChannels;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const to = y + <usize>row * rowPitch + ((<usize>(column * channels)) << 2);
      if (((seen >> <u64>(6 * row + column)) & 1) == 0) clearFloats(patch, 0, channels);
      addFloats(patch, to, channels);
      patch += (<usize>channels) << 2;
    }
  }
}

/** Sets the taps of the filter's gradient that are not in `met` to 0; what is not finite stays NaN. */
export function restoreZeroTaps(g: Geometry2D, met: u32, dw: usize): void {
  const floats = g.inChannels * g.outChannels;
  for (let tap = 0; tap < g.filterHeight * g.filterWidth; tap++) {
    if (((met >> tap) & 1) == 0) clearFloats(dw + ((<usize>(tap * floats)) << 2), 0, floats);
  }
}

/** y = bias, or 0 if `bias` is 0, where y is finite; else NaN. */
function clearFloats(y: usize, bias: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (; n >= 4; n -= 4) {
    const value = bias ? v128.load(bias) : zero;
    v128.store(y, f32x4.add(f32x4.mul(v128.load(y), zero), f32x4.add(value, zero)));
    if (bias) bias += 16;
    y += 16;
  }
  for (; n > 0; n--) {
    const value = bias ? load<f32>(bias) : 0;
    store<f32>(y, load<f32>(y) * 0 + (value + 0));
    if (bias) bias += 4;
    y += 4;
  }
}
