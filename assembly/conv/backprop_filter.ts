/**
 * The gradient of a 2D convolution with respect to its filter: the patches of x transposed times dy, where K runs over
 * all output pixels of all images. Dilations are 1, as tfjs has no gradient for others.
 *
 * The sums are divided into units, a panel of output channels of one block of the patch each. A thread computes some
 * units over all images: it lays out for itself what they read, and every sum has its terms in the same order.
 */
import {Conv2DBackpropFilterPath} from '../abi';
import {gemmPanel, Order} from '../gemm/block';
import {B_STEP, panelRowBytes} from '../gemm/pack';
import {CONV_CHUNK_PRODUCTS} from '../threads/chunks';
import {isFirstChunk, ownPart, partBytes, partCount} from '../threads/parts';
import {itemsOf, jobOf, noteChunks, parallel, threadCount} from '../threads/pool';
import {MR, NR} from '../tuning';
import {Geometry2D} from './geometry';
import {backpropFilterPath} from './path';
import {
  clearPadding,
  copyFloats,
  fillPixelOffsets,
  fillRuns,
  fillTapOffsets,
  paddedBytes,
  padImages,
  runSize,
} from './source';
import {winogradBackpropFilter, winogradBackpropFilterBytes} from './winograd/backprop_filter';

@unmanaged
class BackpropFilterJob {
  geometry: Geometry2D;
  path: Conv2DBackpropFilterPath;
  x: usize;
  dy: usize;
  /** patchSize() rows of whole panels: what follows in memory is summed for the excess columns too, but not copied to dw. */
  sums: usize;
  ldSum: usize;
  /** The offsets of pixels or taps. */
  offsets: usize;
  parts: usize;
  partBytes: usize;
  /** Rows of the sums in a block. */
  blockRows: i32;
}

/**
 * dw = the gradient of the filter, HWIO float32; x and dy NHWC.
 *
 * geometry  a Geometry2DWords, of the forward convolution, paddings >= 0
 * scratch   conv2d_backprop_filter_f32_scratch_bytes() bytes
 *
 * Except by minimal filtering, the pixels of an image are summed in their order, and images one after another.
 */
export function conv2d_backprop_filter_f32(x: usize, dy: usize, dw: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry2D>(geometry);
  const path = backpropFilterPath(g);
  if (path == Conv2DBackpropFilterPath.winograd) {
    winogradBackpropFilter(g, x, dy, dw, scratch);
    return;
  }
  const job = jobOf<BackpropFilterJob>();
  job.geometry = g;
  job.path = path;
  job.x = x;
  job.dy = dy;
  job.sums = scratch;
  job.ldSum = panelRowBytes(g.outChannels);
  job.offsets = scratch + <usize>sumBytes(g);
  job.parts = job.offsets + <usize>offsetBytes(g, path);
  job.partBytes = <usize>ownBytes(g, path);
  job.blockRows = blockRows(g, path);
  memory.fill(job.sums, 0, <usize>sumBytes(g));
  if (path == Conv2DBackpropFilterPath.singleChannel) fillTapOffsets(g, job.offsets);
  else if (path == Conv2DBackpropFilterPath.patches) fillPixelOffsets(g, job.offsets, g.groupSize());
  const units = unitCount(g, path);
  const parts = partCount(units, ownBytes(g, path));
  const ofUnit = <f64>g.batchSize * <f64>g.outPixels() * <f64>(job.blockRows * NR);
  // As few chunks as there are threads: each lays out what its units read.
  const least = itemsOf(CONV_CHUNK_PRODUCTS, ofUnit);
  noteChunks(units / least);
  parallel(sumUnits.index, units, max((units + parts - 1) / parts, least), parts);
  for (let k = 0; k < g.patchSize(); k++) {
    copyFloats(job.sums + <usize>k * job.ldSum, dw + ((<usize>(k * g.outChannels)) << 2), g.outChannels);
  }
}

/** The scratch that conv2d_backprop_filter_f32 needs, in bytes. */
export function conv2d_backprop_filter_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry2D>(geometry);
  const path = backpropFilterPath(g);
  if (path == Conv2DBackpropFilterPath.winograd) return winogradBackpropFilterBytes(g);
  const own = ownBytes(g, path);
  return sumBytes(g) + offsetBytes(g, path) + <f64>partCount(unitCount(g, path), own) * own;
}

function unitCount(g: Geometry2D, path: Conv2DBackpropFilterPath): i32 {
  const blocks = (g.patchSize() + blockRows(g, path) - 1) / blockRows(g, path);
  return blocks * ((g.outChannels + NR - 1) / NR);
}

function sumBytes(g: Geometry2D): f64 {
  return <f64>g.patchSize() * <f64>panelRowBytes(g.outChannels);
}

function offsetBytes(g: Geometry2D, path: Conv2DBackpropFilterPath): f64 {
  if (path == Conv2DBackpropFilterPath.singleChannel) return 4 * <f64>g.patchSize();
  if (path == Conv2DBackpropFilterPath.filterRows) return 0;
  return 4 * <f64>g.groupSize() * <f64>g.outPixels();
}

/** Bytes of what each thread has: images with their padding, and what is laid out of them. */
function ownBytes(g: Geometry2D, path: Conv2DBackpropFilterPath): f64 {
  if (path == Conv2DBackpropFilterPath.singleChannel) return partBytes(paddedBytes(g, 1));
  if (path == Conv2DBackpropFilterPath.filterRows) {
    return partBytes(paddedBytes(g, 1) + 4 * <f64>g.paddedHeight() * <f64>g.outWidth * <f64>runSize(g));
  }
  const images = g.groupSize();
  return partBytes(paddedBytes(g, images) + 4 * <f64>images * <f64>g.outPixels() * <f64>g.patchSize());
}

/** A block of the patch is a run of it; of one channel the taps are divided where there are more threads than panels. */
function blockRows(g: Geometry2D, path: Conv2DBackpropFilterPath): i32 {
  if (path != Conv2DBackpropFilterPath.singleChannel) return runSize(g);
  const panels = (g.outChannels + NR - 1) / NR;
  const blocks = (threadCount() + panels - 1) / panels;
  // Blocks begin at a cache line: two threads would wait for each other at every sum in one.
  return max(MR, ((g.patchSize() + blocks - 1) / blocks + 1) & ~1);
}

/** Sums units over all images. */
function sumUnits(first: i32, end: i32): void {
  const job = jobOf<BackpropFilterJob>();
  if (job.path == Conv2DBackpropFilterPath.singleChannel) sumSingleChannel(job, first, end);
  else if (job.path == Conv2DBackpropFilterPath.filterRows) sumByFilterRows(job, first, end);
  else sumByPatches(job, first, end);
}

/** A horizontal stride of 1: what a tap reads along an output row is contiguous in the image, and read in place. */
function sumSingleChannel(job: BackpropFilterJob, first: i32, end: i32): void {
  const g = job.geometry;
  const ldb = (<usize>g.outChannels) << 2;
  const buffer = ownPart(job.parts, job.partBytes);
  if (isFirstChunk()) clearPadding(g, buffer, 1);
  for (let i = 0; i < g.batchSize; i++) {
    let row = padImages(g, job.x + ((<usize>(i * g.inHeight * g.inWidth)) << 2), 1, buffer);
    let dy = job.dy + <usize>(i * g.outPixels()) * ldb;
    for (let r = 0; r < g.outHeight; r++) {
      for (let unit = first; unit < end; unit++) {
        const taps = job.offsets + ((<usize>(blockOf(job, unit) * job.blockRows)) << 2);
        addUnit(job, unit, Order.Pixels, taps, row, dy, g.outWidth);
      }
      row += g.sourceRowBytes() * g.strideHeight;
      dy += ldb * g.outWidth;
    }
  }
}

/**
 * A vertical stride of 1: copies the patches of one filter row only, for every row of the padded image. Those of filter
 * row f are the same ones f rows further down, so that one copy serves all filter rows.
 */
function sumByFilterRows(job: BackpropFilterJob, first: i32, end: i32): void {
  const g = job.geometry;
  const size = runSize(g);
  const patchBytes = (<usize>size) << 2;
  const stepX = (<usize>(g.strideWidth * g.inChannels)) << 2;
  const buffer = ownPart(job.parts, job.partBytes);
  const patches = buffer + <usize>paddedBytes(g, 1);
  if (isFirstChunk()) clearPadding(g, buffer, 1);
  for (let i = 0; i < g.batchSize; i++) {
    const source = padImages(g, job.x + imageBytes(g) * i, 1, buffer);
    let to = patches;
    for (let r = 0; r < g.paddedHeight(); r++) {
      let from = source + <usize>r * g.sourceRowBytes();
      for (let c = 0; c < g.outWidth; c++) {
        copyFloats(from, to, size);
        from += stepX;
        to += patchBytes;
      }
    }
    const dy = job.dy + ((<usize>(i * g.outPixels() * g.outChannels)) << 2);
    for (let unit = first; unit < end; unit++) {
      const a = patches + <usize>(blockOf(job, unit) * g.outWidth) * patchBytes;
      addUnit(job, unit, Order.Step, a, patchBytes, dy, g.outPixels());
    }
  }
}

/** im2col of the runs that the units read, one group of images after another: K runs over all of their pixels. */
function sumByPatches(job: BackpropFilterJob, first: i32, end: i32): void {
  const g = job.geometry;
  const images = g.groupSize();
  const firstRun = blockOf(job, first);
  const runs = blockOf(job, end - 1) + 1 - firstRun;
  const stepA = (<usize>(runs * runSize(g))) << 2;
  const buffer = ownPart(job.parts, job.partBytes);
  const patches = buffer + <usize>paddedBytes(g, images);
  if (isFirstChunk()) clearPadding(g, buffer, images);
  for (let i = 0; i < g.batchSize; i += images) {
    const count = min(images, g.batchSize - i);
    const k = count * g.outPixels();
    const source = padImages(g, job.x + imageBytes(g) * i, count, buffer);
    fillRuns(g, source, job.offsets, k, firstRun, runs, patches);
    const dy = job.dy + ((<usize>(i * g.outPixels() * g.outChannels)) << 2);
    for (let unit = first; unit < end; unit++) {
      const a = patches + ((<usize>((blockOf(job, unit) - firstRun) * runSize(g))) << 2);
      addUnit(job, unit, Order.Step, a, stepA, dy, k);
    }
  }
}

// @ts-ignore: decorator
@inline
function blockOf(job: BackpropFilterJob, unit: i32): i32 {
  return unit / ((job.geometry.outChannels + NR - 1) / NR);
}

/** Adds k products to each sum of a unit; a, stepA and dy as in gemmPanel(). */
function addUnit(job: BackpropFilterJob, unit: i32, order: Order, a: usize, stepA: usize, dy: usize, k: i32): void {
  const g = job.geometry;
  const ldSum = job.ldSum;
  const row = blockOf(job, unit) * job.blockRows;
  const column = <usize>(unit % ((g.outChannels + NR - 1) / NR)) * B_STEP;
  const c = job.sums + <usize>row * ldSum + column;
  const rows = min(job.blockRows, g.patchSize() - row);
  gemmPanel(order, a, 4, stepA, dy + column, (<usize>g.outChannels) << 2, k, c, ldSum, c, ldSum, rows, NR);
}

function imageBytes(g: Geometry2D): usize {
  return (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
}
