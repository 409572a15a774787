/**
 * The gradient of a 2D convolution with respect to its filter: the patches of x transposed times dy, where K runs over
 * all output pixels of all images. Dilations are 1, as tfjs has no gradient for others.
 *
 * Groups of images are laid out as A first, then multiplied with their part of dy. Threads divide the groups, then the
 * rows and columns of the sums: each sum has its terms in the same order.
 */
import {Conv2DBackpropFilterPath} from '../abi';
import {gemmPanel, Order} from '../gemm/block';
import {B_STEP, panelRowBytes} from '../gemm/pack';
import {CONV_CHUNK_PRODUCTS, COPY_CHUNK_FLOATS} from '../threads/chunks';
import {isFirstChunk, itemsOf, jobOf, ownPart, parallel, partBytes, threadCount} from '../threads/pool';
import {MR, NR} from '../tuning';
import {Geometry2D} from './geometry';
import {backpropFilterPath} from './path';
import {
  clearPadding,
  copyFloats,
  fillPatches,
  fillPixelOffsets,
  fillTapOffsets,
  paddedBytes,
  padImages,
  runSize,
} from './source';
import {winogradBackpropFilter, winogradBackpropFilterBytes} from './winograd/backprop_filter';

/** Bytes of the groups that are laid out at once, about: they stay in the cache that threads share. */
const LAYOUT_BYTES: f64 = 2097152;
/** Chunks into which the sums are divided, about. */
const SUM_CHUNKS: i32 = 16;

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
  /** The layouts of the groups, and the bytes from one to the next. */
  layouts: usize;
  layoutBytes: usize;
  parts: usize;
  partBytes: usize;
  /** Images of a group. */
  groupSize: i32;
  /** The groups that are laid out. */
  firstGroup: i32;
  endGroup: i32;
  /** Rows of the sums in a block, for each filter row or all, and in a chunk. */
  blockRows: i32;
  chunkRows: i32;
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
  job.layouts = job.offsets + <usize>offsetBytes(g, path);
  job.layoutBytes = <usize>layoutBytes(g, path);
  job.parts = job.layouts + <usize>groupsAtOnce(g, path) * job.layoutBytes;
  job.partBytes = <usize>ownBytes(g, path);
  job.groupSize = groupSize(g, path);
  memory.fill(job.sums, 0, <usize>sumBytes(g));
  if (path == Conv2DBackpropFilterPath.singleChannel) {
    fillTapOffsets(g, job.offsets);
    clearPadding(g, job.layouts, groupsAtOnce(g, path));
  } else if (path == Conv2DBackpropFilterPath.patches) {
    fillPixelOffsets(g, job.offsets, job.groupSize);
  }
  divideSums(job);
  const panels = (g.outChannels + NR - 1) / NR;
  const chunks = (g.patchSize() / job.blockRows) * ((job.blockRows + job.chunkRows - 1) / job.chunkRows) * panels;
  for (let group = 0; group < groupCount(g, path); group = job.endGroup) {
    job.firstGroup = group;
    job.endGroup = min(groupCount(g, path), group + groupsAtOnce(g, path));
    const groups = job.endGroup - group;
    if (layoutBytes(g, path) > 0) parallel(layOut.index, groups, itemsOf(COPY_CHUNK_FLOATS, layoutBytes(g, path) / 4));
    const ofChunk = <f64>groups * <f64>job.groupSize * <f64>g.outPixels() * <f64>(job.chunkRows * NR);
    parallel(sumChunks.index, chunks, itemsOf(CONV_CHUNK_PRODUCTS, ofChunk));
  }
  for (let k = 0; k < g.patchSize(); k++) {
    copyFloats(job.sums + <usize>k * job.ldSum, dw + ((<usize>(k * g.outChannels)) << 2), g.outChannels);
  }
}

/** The scratch that conv2d_backprop_filter_f32 needs, in bytes. */
export function conv2d_backprop_filter_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry2D>(geometry);
  const path = backpropFilterPath(g);
  if (path == Conv2DBackpropFilterPath.winograd) return winogradBackpropFilterBytes(g);
  const layouts = <f64>groupsAtOnce(g, path) * layoutBytes(g, path);
  return sumBytes(g) + offsetBytes(g, path) + layouts + <f64>threadCount() * ownBytes(g, path);
}

function sumBytes(g: Geometry2D): f64 {
  return <f64>g.patchSize() * <f64>panelRowBytes(g.outChannels);
}

function offsetBytes(g: Geometry2D, path: Conv2DBackpropFilterPath): f64 {
  if (path == Conv2DBackpropFilterPath.singleChannel) return 4 * <f64>g.patchSize();
  if (path == Conv2DBackpropFilterPath.filterRows) return 0;
  return 4 * <f64>g.groupSize() * <f64>g.outPixels();
}

/** Bytes of a group's layout: a padded image, the patches of one filter row for every row of an image, or all patches. */
function layoutBytes(g: Geometry2D, path: Conv2DBackpropFilterPath): f64 {
  if (path == Conv2DBackpropFilterPath.singleChannel) return paddedBytes(g, 1);
  if (path == Conv2DBackpropFilterPath.filterRows) {
    return 4 * <f64>g.paddedHeight() * <f64>g.outWidth * <f64>runSize(g);
  }
  return 4 * <f64>g.groupSize() * <f64>g.outPixels() * <f64>g.patchSize();
}

/** Bytes of what each thread has: padded images. */
function ownBytes(g: Geometry2D, path: Conv2DBackpropFilterPath): f64 {
  return path == Conv2DBackpropFilterPath.singleChannel ? 0 : partBytes(paddedBytes(g, groupSize(g, path)));
}

function groupSize(g: Geometry2D, path: Conv2DBackpropFilterPath): i32 {
  return path == Conv2DBackpropFilterPath.patches ? g.groupSize() : 1;
}
function groupCount(g: Geometry2D, path: Conv2DBackpropFilterPath): i32 {
  return (g.batchSize + groupSize(g, path) - 1) / groupSize(g, path);
}

/** Groups that are laid out before they are multiplied; by one thread one, which stays in its cache. */
function groupsAtOnce(g: Geometry2D, path: Conv2DBackpropFilterPath): i32 {
  if (threadCount() == 1) return 1;
  return <i32>min<f64>(<f64>groupCount(g, path), max<f64>(1, LAYOUT_BYTES / max<f64>(1, layoutBytes(g, path))));
}

/** Chunks of the sums are whole tiles of whole blocks. One thread takes blocks. */
function divideSums(job: BackpropFilterJob): void {
  const g = job.geometry;
  job.blockRows = job.path == Conv2DBackpropFilterPath.filterRows ? runSize(g) : g.patchSize();
  const panels = (g.patchSize() / job.blockRows) * ((g.outChannels + NR - 1) / NR);
  const parts = threadCount() == 1 ? 1 : (SUM_CHUNKS + panels - 1) / panels;
  const rows = (job.blockRows + parts - 1) / parts;
  job.chunkRows = parts == 1 ? rows : ((rows + MR - 1) / MR) * MR;
}

/** Lays out groups of images. */
function layOut(first: i32, end: i32): void {
  const job = jobOf<BackpropFilterJob>();
  const g = job.geometry;
  const images = job.groupSize;
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  const buffer = ownPart(job.parts, job.partBytes);
  if (job.path != Conv2DBackpropFilterPath.singleChannel && isFirstChunk()) clearPadding(g, buffer, images);
  for (let i = first; i < end; i++) {
    const image = (job.firstGroup + i) * images;
    const x = job.x + <usize>image * imageBytes;
    const layout = job.layouts + <usize>i * job.layoutBytes;
    if (job.path == Conv2DBackpropFilterPath.singleChannel) {
      padImages(g, x, 1, layout);
    } else if (job.path == Conv2DBackpropFilterPath.filterRows) {
      fillRowPatches(g, padImages(g, x, 1, buffer), layout);
    } else {
      const count = min(images, g.batchSize - image);
      fillPatches(g, padImages(g, x, count, buffer), job.offsets, count * g.outPixels(), layout);
    }
  }
}

/**
 * A vertical stride of 1: copies the patches of one filter row only, for every row of the padded image. Those of filter
 * row f are the same ones f rows further down, so that one copy serves all filter rows.
 */
function fillRowPatches(g: Geometry2D, source: usize, to: usize): void {
  const size = runSize(g);
  const stepX = (<usize>(g.strideWidth * g.inChannels)) << 2;
  for (let r = 0; r < g.paddedHeight(); r++) {
    let from = source + <usize>r * g.sourceRowBytes();
    for (let c = 0; c < g.outWidth; c++) {
      copyFloats(from, to, size);
      from += stepX;
      to += (<usize>size) << 2;
    }
  }
}

/** Adds what all groups that are laid out give to chunks of the sums, block by block and panel by panel. */
function sumChunks(first: i32, end: i32): void {
  const job = jobOf<BackpropFilterJob>();
  const panels = (job.geometry.outChannels + NR - 1) / NR;
  const chunksOfBlock = (job.blockRows + job.chunkRows - 1) / job.chunkRows;
  for (let chunk = first; chunk < end; chunk++) {
    const block = chunk / (chunksOfBlock * panels);
    const row = (chunk % chunksOfBlock) * job.chunkRows;
    sumChunk(job, block, row, (chunk / chunksOfBlock) % panels);
  }
}

function sumChunk(job: BackpropFilterJob, block: i32, row: i32, panel: i32): void {
  const g = job.geometry;
  const rows = min(job.chunkRows, job.blockRows - row);
  const column = <usize>panel * B_STEP;
  const ldb = (<usize>g.outChannels) << 2;
  const ldSum = job.ldSum;
  const c = job.sums + <usize>(block * job.blockRows + row) * ldSum + column;
  const rowBytes = (<usize>row) << 2;
  const stepA = (<usize>job.blockRows) << 2;
  const imageBytes = (<usize>(g.inHeight * g.inWidth)) << 2;
  for (let group = job.firstGroup; group < job.endGroup; group++) {
    const image = group * job.groupSize;
    const layout = job.layouts + <usize>(group - job.firstGroup) * job.layoutBytes;
    let b = job.dy + <usize>(image * g.outPixels()) * ldb + column;
    if (job.path == Conv2DBackpropFilterPath.singleChannel) {
      let a = g.needsPadding() ? layout : job.x + <usize>image * imageBytes;
      for (let r = 0; r < g.outHeight; r++) {
        gemmPanel(Order.Pixels, job.offsets + rowBytes, 4, a, b, ldb, g.outWidth, c, ldSum, c, ldSum, rows, NR);
        a += g.sourceRowBytes() * g.strideHeight;
        b += ldb * g.outWidth;
      }
    } else {
      const k = min(job.groupSize, g.batchSize - image) * g.outPixels();
      const a = layout + <usize>(block * g.outWidth) * stepA + rowBytes;
      gemmPanel(Order.Step, a, 4, stepA, b, ldb, k, c, ldSum, c, ldSum, rows, NR);
    }
  }
}
