/** What a convolution reads: padded copies of images, tables of byte offsets, and patches. */

import {addFloats} from '../simd';
import {Geometry2D} from './geometry';

/**
 * Bytes of the buffer for `images` padded images; 0 if none is needed. As all sizes of scratch, a number that does not
 * wrap around where it is more than there can be.
 */
export function paddedBytes(g: Geometry2D, images: i32): f64 {
  if (!g.needsPadding()) return 0;
  return 4 * <f64>images * <f64>g.paddedHeight() * <f64>g.paddedWidth() * <f64>g.inChannels;
}

/**
 * Clears the buffer, once before padImages() is used: that writes the interior of the images only, never the padding.
 */
export function clearPadding(g: Geometry2D, buffer: usize, images: i32): void {
  if (g.needsPadding()) memory.fill(buffer, 0, <usize>paddedBytes(g, images));
}

/**
 * Returns the address of `images` images as the output reads them: x itself, or `buffer`, to which they are copied with
 * padding. Paddings are >= 0.
 */
export function padImages(g: Geometry2D, x: usize, images: i32, buffer: usize): usize {
  if (!g.needsPadding()) return x;
  const rowBytes = (<usize>(g.inWidth * g.inChannels)) << 2;
  const top = g.padTop;
  const left = g.padLeft;
  const rows = max(0, min(g.inHeight, g.paddedHeight() - top));
  const floats = max(0, min(g.inWidth, g.paddedWidth() - left)) * g.inChannels;
  const targetRowBytes = g.sourceRowBytes();
  let target = buffer + <usize>top * targetRowBytes + ((<usize>(left * g.inChannels)) << 2);
  for (let i = 0; i < images; i++) {
    let from = x;
    let to = target;
    for (let r = 0; r < rows; r++) {
      copyFloats(from, to, floats);
      from += rowBytes;
      to += targetRowBytes;
    }
    x += rowBytes * g.inHeight;
    target += g.sourceImageBytes();
  }
  return buffer;
}

/**
 * The reverse for one image: copies the interior of a padded image to x. Pixels of x outside the padded image are not
 * written.
 */
export function unpadImage(g: Geometry2D, buffer: usize, x: usize): void {
  const rowBytes = (<usize>(g.inWidth * g.inChannels)) << 2;
  const left = g.padLeft;
  const rows = max(0, min(g.inHeight, g.paddedHeight() - g.padTop));
  const floats = max(0, min(g.inWidth, g.paddedWidth() - left)) * g.inChannels;
  let from = buffer + <usize>g.padTop * g.sourceRowBytes() + ((<usize>(left * g.inChannels)) << 2);
  for (let r = 0; r < rows; r++) {
    copyFloats(from, x, floats);
    from += g.sourceRowBytes();
    x += rowBytes;
  }
}

/** pixels[p] = the byte offset of the patch of output pixel p, for `images` images. */
export function fillPixelOffsets(g: Geometry2D, pixels: usize, images: i32): void {
  const stepX = (<usize>(g.strideWidth * g.inChannels)) << 2;
  const stepY = <usize>g.strideHeight * g.sourceRowBytes();
  for (let i = 0; i < images; i++) {
    for (let y = 0; y < g.outHeight; y++) {
      let offset = <usize>i * g.sourceImageBytes() + <usize>y * stepY;
      for (let x = 0; x < g.outWidth; x++) {
        store<u32>(pixels, <u32>offset);
        pixels += 4;
        offset += stepX;
      }
    }
  }
}

/**
 * taps[k] = the byte offset of element k of a patch from its first, in the order of the filter: row, column, channel.
 */
export function fillTapOffsets(g: Geometry2D, taps: usize): void {
  for (let y = 0; y < g.filterHeight; y++) {
    for (let x = 0; x < g.filterWidth; x++) {
      let offset =
        <usize>(y * g.dilationHeight) * g.sourceRowBytes() + ((<usize>(x * g.dilationWidth * g.inChannels)) << 2);
      for (let c = 0; c < g.inChannels; c++) {
        store<u32>(taps, <u32>offset);
        taps += 4;
        offset += 4;
      }
    }
  }
}

/**
 * A patch consists of runs of contiguous floats: one for each filter row, or one for each tap if columns are dilated.
 * This is the number of runs, the length of each in floats, and the byte offset of run `run` from the start of the
 * patch.
 */
export function runCount(g: Geometry2D): i32 {
  return g.dilationWidth == 1 ? g.filterHeight : g.filterHeight * g.filterWidth;
}
export function runSize(g: Geometry2D): i32 {
  return g.dilationWidth == 1 ? g.filterWidth * g.inChannels : g.inChannels;
}
export function runOffset(g: Geometry2D, run: i32): usize {
  const runsInRow = g.dilationWidth == 1 ? 1 : g.filterWidth;
  const row = <usize>((run / runsInRow) * g.dilationHeight) * g.sourceRowBytes();
  return row + ((<usize>((run % runsInRow) * g.dilationWidth * g.inChannels)) << 2);
}

/** im2col: patches[p][k] = element k of the patch of pixel p, for the first `count` pixels of the list `pixels`. */
export function fillPatches(g: Geometry2D, source: usize, pixels: usize, count: i32, patches: usize): void {
  fillRuns(g, source, pixels, count, 0, runCount(g), patches);
}

/** The same for `runs` runs of the patches from run `first` on. */
export function fillRuns(
  g: Geometry2D,
  source: usize,
  pixels: usize,
  count: i32,
  first: i32,
  runs: i32,
  patches: usize,
): void {
  const size = runSize(g);
  const patchBytes = (<usize>(runs * size)) << 2;
  for (let r = 0; r < runs; r++) {
    const from = source + runOffset(g, first + r);
    let to = patches + ((<usize>(r * size)) << 2);
    for (let p = 0; p < count; p++) {
      copyFloats(from + load<u32>(pixels + ((<usize>p) << 2)), to, size);
      to += patchBytes;
    }
  }
}

/** col2im, the reverse: adds patches[p][k] to the element that fillPatches() reads it from. */
export function addPatches(g: Geometry2D, patches: usize, pixels: usize, count: i32, target: usize): void {
  const runs = runCount(g);
  const size = runSize(g);
  for (let p = 0; p < count; p++) {
    const pixel = target + load<u32>(pixels + ((<usize>p) << 2));
    for (let r = 0; r < runs; r++) {
      addFloats(patches, pixel + runOffset(g, r), size);
      patches += (<usize>size) << 2;
    }
  }
}

/** y[i] = x[i] for i < n; nothing is written past the end. */
// @ts-ignore: decorator
@inline
export function copyFloats(x: usize, y: usize, n: i32): void {
  while (n >= 4) {
    v128.store(y, v128.load(x));
    x += 16;
    y += 16;
    n -= 4;
  }
  while (n > 0) {
    store<u32>(y, load<u32>(x));
    x += 4;
    y += 4;
    n--;
  }
}
