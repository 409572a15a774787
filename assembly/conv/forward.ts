/**
 * The 2D convolution as an implicit GEMM: the rows of A are the patches of output pixels, read in place from the
 * (padded) image; B is the filter, which HWIO stores as the K x N matrix that is needed.
 */
import {Conv2DPath} from '../abi';
import {activateFloats} from '../elementwise/in_place';
import {gemmPanel, Order, storeColumns} from '../gemm/block';
import {gemm_f32} from '../gemm/driver';
import {B_STEP, packB, panelRowBytes} from '../gemm/pack';
import {gemm_f32_scratch_bytes} from '../gemm/plan';
import {ZEROS} from '../memory';
import {NR} from '../tuning';
import {forwardByImages, forwardByImagesBytes} from './forward_images';
import {Geometry2D} from './geometry';
import {forwardPath} from './path';
import {
  clearPadding,
  fillPatches,
  fillPixelOffsets,
  fillTapOffsets,
  paddedBytes,
  padImages,
  runCount,
  runOffset,
  runSize,
} from './source';
import {winogradForward, winogradForwardBytes} from './winograd/forward';

/**
 * y = x * filter + bias, or the relu of that if `activates`; * is the cross-correlation. float32, NHWC and HWIO.
 *
 * bias      outChannels floats, or 0
 * geometry  a Geometry2DWords, paddings >= 0
 * scratch   conv2d_f32_scratch_bytes() bytes
 *
 * y may not overlap the inputs. Except by minimal filtering, a pixel is summed over filter rows, columns and channels
 * in this order.
 */
export function conv2d_f32(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  activates: bool,
  geometry: usize,
  scratch: usize,
): void {
  convolve(changetype<Geometry2D>(geometry), x, filter, bias, y, activates, scratch);
}

/** The scratch that conv2d_f32 needs, in bytes. */
export function conv2d_f32_scratch_bytes(geometry: usize): f64 {
  return convolveBytes(changetype<Geometry2D>(geometry));
}

/** conv2d_f32 for a geometry that was derived from another. */
export function convolve(
  g: Geometry2D,
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  activates: bool,
  scratch: usize,
): void {
  const path = forwardPath(g);
  if (path == Conv2DPath.product) {
    const m = g.batchSize * g.outPixels();
    gemm_f32(x, filter, y, m, g.outChannels, g.inChannels, false, false, bias, scratch);
    if (activates) activateFloats(y, m * g.outChannels);
    return;
  }
  if (path == Conv2DPath.winograd) {
    winogradForward(g, x, filter, bias, y, activates, scratch);
    return;
  }
  packB(filter, (<usize>g.outChannels) << 2, g.patchSize(), g.outChannels, scratch);
  const rest = scratch + <usize>packedFilterBytes(g);
  if (path == Conv2DPath.images) forwardByImages(g, x, scratch, bias, y, activates, rest);
  else if (path == Conv2DPath.singleChannel) singleChannel(g, x, scratch, bias, y, activates, rest);
  else byPixels(g, x, scratch, bias, y, activates, path == Conv2DPath.patches, rest);
}

/**
 * The scratch that convolve needs, in bytes. Here and in all that it is the sum of, a number that does not wrap around:
 * patches may be many times as large as the image.
 */
export function convolveBytes(g: Geometry2D): f64 {
  const path = forwardPath(g);
  if (path == Conv2DPath.product) {
    return <f64>gemm_f32_scratch_bytes(g.batchSize * g.outPixels(), g.outChannels, g.inChannels, false);
  }
  if (path == Conv2DPath.winograd) return winogradForwardBytes(g);
  const filterBytes = packedFilterBytes(g);
  if (path == Conv2DPath.images) return filterBytes + forwardByImagesBytes(g);
  if (path == Conv2DPath.singleChannel) return filterBytes + 4 * <f64>g.patchSize() + paddedBytes(g, 1);
  const images = g.groupSize();
  const pixels = <f64>images * <f64>g.outPixels();
  const patches = path == Conv2DPath.patches ? patchBytes(g, images) : 0;
  const tail: f64 = g.outChannels % NR == 0 ? 0 : pixels * <f64>B_STEP;
  return filterBytes + 4 * pixels + paddedBytes(g, images) + patches + tail;
}

/** One channel: the rows of a register tile are neighbouring pixels, A(i, k) is at row + taps[k] + 4 * i. */
function singleChannel(
  g: Geometry2D,
  x: usize,
  packed: usize,
  bias: usize,
  y: usize,
  activates: bool,
  taps: usize,
): void {
  const k = g.patchSize();
  const n = g.outChannels;
  const ldc = (<usize>n) << 2;
  const buffer = taps + ((<usize>k) << 2);
  fillTapOffsets(g, taps);
  clearPadding(g, buffer, 1);
  const imageBytes = (<usize>(g.inHeight * g.inWidth)) << 2;
  for (let i = 0; i < g.batchSize; i++) {
    let row = padImages(g, x, 1, buffer);
    for (let r = 0; r < g.outHeight; r++) {
      for (let j = 0; j < n; j += NR) {
        const column = (<usize>j) << 2;
        const start = bias ? bias + column : ZEROS;
        const panel = packed + column * k;
        gemmPanel(Order.Table, row, 4, taps, panel, B_STEP, k, start, 0, y + column, ldc, g.outWidth, min(NR, n - j));
      }
      if (activates) activateFloats(y, g.outWidth * n);
      row += g.sourceRowBytes() * g.strideHeight;
      y += ldc * g.outWidth;
    }
    x += imageBytes;
  }
}

/**
 * Any number of channels, a group of images at a time: one GEMM for each run of the patches, which are read in place,
 * or (usesPatches) one for copied patches.
 */
function byPixels(
  g: Geometry2D,
  x: usize,
  packed: usize,
  bias: usize,
  y: usize,
  activates: bool,
  usesPatches: bool,
  pixels: usize,
): void {
  const n = g.outChannels;
  const ldc = (<usize>n) << 2;
  const images = g.groupSize();
  const buffer = pixels + ((<usize>(images * g.outPixels())) << 2);
  const patches = buffer + <usize>paddedBytes(g, images);
  const tail = patches + (usesPatches ? <usize>patchBytes(g, images) : 0);
  const runs = usesPatches ? 1 : runCount(g);
  const depth = usesPatches ? g.patchSize() : runSize(g);
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  fillPixelOffsets(g, pixels, images);
  clearPadding(g, buffer, images);
  for (let i = 0; i < g.batchSize; i += images) {
    const count = min(images, g.batchSize - i);
    const m = count * g.outPixels();
    const source = padImages(g, x, count, buffer);
    if (usesPatches) fillPatches(g, source, pixels, m, patches);
    for (let j = 0; j < n; j += NR) {
      const column = (<usize>j) << 2;
      const columns = min(NR, n - j);
      // A partial last panel is summed in scratch, in rows of whole vectors, and copied to y once: partial stores for
      // each run take the input gradient of 14x14x6 from 27 to 19 GFLOP/s.
      const cut = columns != NR && columns != 4 && runs > 1;
      const c = cut ? tail : y + column;
      const ld = cut ? B_STEP : ldc;
      let panel = packed + column * g.patchSize();
      let start = bias ? bias + column : ZEROS;
      let ldStart: usize = 0;
      for (let r = 0; r < runs; r++) {
        const width = cut ? NR : columns;
        if (usesPatches) {
          const lda = (<usize>depth) << 2;
          gemmPanel(Order.Rows, patches, lda, lda, panel, B_STEP, depth, start, ldStart, c, ld, m, width);
        } else {
          const from = source + runOffset(g, r);
          gemmPanel(Order.Pixels, pixels, 4, from, panel, B_STEP, depth, start, ldStart, c, ld, m, width);
        }
        start = c;
        ldStart = ld;
        panel += B_STEP * depth;
      }
      if (cut) storeColumns(tail, y + column, ldc, m, columns);
    }
    // Here, while y is in the cache: a pass of its own would read it from memory.
    if (activates) activateFloats(y, m * n);
    x += imageBytes * count;
    y += ldc * m;
  }
}

function patchBytes(g: Geometry2D, images: i32): f64 {
  return 4 * <f64>images * <f64>g.outPixels() * <f64>g.patchSize();
}

function packedFilterBytes(g: Geometry2D): f64 {
  return <f64>g.patchSize() * <f64>panelRowBytes(g.outChannels);
}
