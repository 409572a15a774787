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
import {CONV_CHUNK_PRODUCTS} from '../threads/chunks';
import {isFirstChunk, ownPart, partBytes, partCount} from '../threads/parts';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {MR, NR} from '../tuning';
import {fillScaledTaps, forwardByImages, forwardByImagesBytes} from './forward_images';
import {ForwardJob} from './forward_job';
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
import {packWinogradFilter, winogradFilterBytes, winogradForward, winogradForwardBytes} from './winograd/forward';

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

/** conv2d_f32 with what pack_filter_f32 made of the filter, and the same bits. */
export function conv2d_packed_f32(
  x: usize,
  filter: usize,
  packed: usize,
  bias: usize,
  y: usize,
  activates: bool,
  geometry: usize,
  scratch: usize,
): void {
  winogradForward(changetype<Geometry2D>(geometry), x, filter, packed, bias, y, activates, scratch);
}

/** Lays out a filter as conv2d_packed_f32 reads it: packed_filter_f32_bytes() bytes. */
export function pack_filter_f32(filter: usize, packed: usize, geometry: usize): void {
  packWinogradFilter(changetype<Geometry2D>(geometry), filter, packed);
}

/** 0 where the convolution reads the filter as it is, or laid out in no time: all that is not minimal filtering. */
export function packed_filter_f32_bytes(geometry: usize): usize {
  const g = changetype<Geometry2D>(geometry);
  return forwardPath(g) == Conv2DPath.winograd ? winogradFilterBytes(g) : 0;
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
    winogradForward(g, x, filter, 0, bias, y, activates, scratch);
    return;
  }
  packB(filter, (<usize>g.outChannels) << 2, g.patchSize(), g.outChannels, scratch);
  const job = jobOf<ForwardJob>();
  job.geometry = g;
  job.x = x;
  job.packed = scratch;
  job.bias = bias;
  job.y = y;
  job.activates = activates;
  job.usesPatches = path == Conv2DPath.patches;
  job.shared = scratch + <usize>packedFilterBytes(g);
  job.parts = job.shared + <usize>sharedBytes(g, path);
  job.partBytes = <usize>ownBytes(g, path);
  const ofImage = <f64>g.outPixels() * <f64>g.patchSize() * <f64>g.outChannels;
  const groups = groupCount(g, path);
  const parts = partCount(groups, ownBytes(g, path));
  const groupsOfChunk = itemsOf(CONV_CHUNK_PRODUCTS, ofImage * groupSize(g, path));
  if (path == Conv2DPath.images) {
    fillScaledTaps(g, job.shared);
    parallel(forwardByImages.index, groups, groupsOfChunk, parts);
  } else if (path == Conv2DPath.singleChannel) {
    fillTapOffsets(g, job.shared);
    parallel(singleChannel.index, groups, groupsOfChunk, parts);
  } else {
    fillPixelOffsets(g, job.shared, g.groupSize());
    parallel(byPixels.index, groups, groupsOfChunk, parts);
  }
}

/** Images that are computed together, and how many groups of them there are. */
function groupSize(g: Geometry2D, path: Conv2DPath): i32 {
  if (path == Conv2DPath.images) return MR;
  return path == Conv2DPath.singleChannel ? 1 : g.groupSize();
}
function groupCount(g: Geometry2D, path: Conv2DPath): i32 {
  return (g.batchSize + groupSize(g, path) - 1) / groupSize(g, path);
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
  const own = ownBytes(g, path);
  return packedFilterBytes(g) + sharedBytes(g, path) + <f64>partCount(groupCount(g, path), own) * own;
}

/** Bytes of the tables that all threads read. */
function sharedBytes(g: Geometry2D, path: Conv2DPath): f64 {
  if (path == Conv2DPath.images || path == Conv2DPath.singleChannel) return 4 * <f64>g.patchSize();
  return 4 * <f64>g.groupSize() * <f64>g.outPixels();
}

/** Groups of interleaved images, and bytes of the part of the scratch that each thread has for one. */
export function groupsOfImages(g: Geometry2D): i32 {
  return groupCount(g, Conv2DPath.images);
}
export function imagesPartBytes(g: Geometry2D): f64 {
  return ownBytes(g, Conv2DPath.images);
}

/** Bytes of the part of the scratch that each thread has. */
function ownBytes(g: Geometry2D, path: Conv2DPath): f64 {
  if (path == Conv2DPath.images) return partBytes(forwardByImagesBytes(g));
  if (path == Conv2DPath.singleChannel) return partBytes(paddedBytes(g, 1));
  const images = g.groupSize();
  const patches = path == Conv2DPath.patches ? patchBytes(g, images) : 0;
  const tail: f64 = g.outChannels % NR == 0 ? 0 : <f64>images * <f64>g.outPixels() * <f64>B_STEP;
  return partBytes(paddedBytes(g, images) + patches + tail);
}

/** One channel: the rows of a register tile are neighbouring pixels, A(i, k) is at row + taps[k] + 4 * i. */
function singleChannel(first: i32, end: i32): void {
  const job = jobOf<ForwardJob>();
  const g = job.geometry;
  const k = g.patchSize();
  const n = g.outChannels;
  const ldc = (<usize>n) << 2;
  const buffer = ownPart(job.parts, job.partBytes);
  const imageBytes = (<usize>(g.inHeight * g.inWidth)) << 2;
  let y = job.y + <usize>(first * g.outPixels()) * ldc;
  if (isFirstChunk()) clearPadding(g, buffer, 1);
  for (let i = first; i < end; i++) {
    let row = padImages(g, job.x + <usize>i * imageBytes, 1, buffer);
    for (let r = 0; r < g.outHeight; r++) {
      for (let j = 0; j < n; j += NR) {
        const column = (<usize>j) << 2;
        const start = job.bias ? job.bias + column : ZEROS;
        const panel = job.packed + column * k;
        const columns = min(NR, n - j);
        gemmPanel(Order.Table, row, 4, job.shared, panel, B_STEP, k, start, 0, y + column, ldc, g.outWidth, columns);
      }
      if (job.activates) activateFloats(y, g.outWidth * n);
      row += g.sourceRowBytes() * g.strideHeight;
      y += ldc * g.outWidth;
    }
  }
}

/**
 * Any number of channels, groups of images: one GEMM for each run of the patches, which are read in place, or
 * (usesPatches) one for copied patches.
 */
function byPixels(first: i32, end: i32): void {
  const job = jobOf<ForwardJob>();
  const g = job.geometry;
  const n = g.outChannels;
  const ldc = (<usize>n) << 2;
  const images = g.groupSize();
  const buffer = ownPart(job.parts, job.partBytes);
  const patches = buffer + <usize>paddedBytes(g, images);
  const tail = patches + (job.usesPatches ? <usize>patchBytes(g, images) : 0);
  const runs = job.usesPatches ? 1 : runCount(g);
  const depth = job.usesPatches ? g.patchSize() : runSize(g);
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  if (isFirstChunk()) clearPadding(g, buffer, images);
  for (let i = first * images; i < min(end * images, g.batchSize); i += images) {
    const count = min(images, g.batchSize - i);
    const m = count * g.outPixels();
    const y = job.y + <usize>(i * g.outPixels()) * ldc;
    const source = padImages(g, job.x + <usize>i * imageBytes, count, buffer);
    if (job.usesPatches) fillPatches(g, source, job.shared, m, patches);
    for (let j = 0; j < n; j += NR) {
      const column = (<usize>j) << 2;
      const columns = min(NR, n - j);
      // A partial last panel is summed in scratch, in rows of whole vectors, and copied to y once: partial stores for
      // each run take the input gradient of 14x14x6 from 27 to 19 GFLOP/s.
      const cut = columns != NR && columns != 4 && runs > 1;
      const c = cut ? tail : y + column;
      const ld = cut ? B_STEP : ldc;
      let panel = job.packed + column * g.patchSize();
      let start = job.bias ? job.bias + column : ZEROS;
      let ldStart: usize = 0;
      for (let r = 0; r < runs; r++) {
        const width = cut ? NR : columns;
        if (job.usesPatches) {
          const lda = (<usize>depth) << 2;
          gemmPanel(Order.Rows, patches, lda, lda, panel, B_STEP, depth, start, ldStart, c, ld, m, width);
        } else {
          const from = source + runOffset(g, r);
          gemmPanel(Order.Pixels, job.shared, 4, from, panel, B_STEP, depth, start, ldStart, c, ld, m, width);
        }
        start = c;
        ldStart = ld;
        panel += B_STEP * depth;
      }
      if (cut) storeColumns(tail, y + column, ldc, m, columns);
    }
    // Here, while y is in the cache: a pass of its own would read it from memory.
    if (job.activates) activateFloats(y, m * n);
  }
}

function patchBytes(g: Geometry2D, images: i32): f64 {
  return 4 * <f64>images * <f64>g.outPixels() * <f64>g.patchSize();
}

export function packedFilterBytes(g: Geometry2D): f64 {
  return <f64>g.patchSize() * <f64>panelRowBytes(g.outChannels);
}
