/**
 * The gradient of a 2D convolution's filter by minimal filtering, F(r, m): the filter is the output tile, and tiles of
 * dy take the place of the filter. The data transform is that of the convolution. Products are summed over all tiles
 * before the one output transform.
 */
import {MAX_THREADS} from '../../abi';
import {gemmBlock, Order} from '../../gemm/block';
import {B_STEP} from '../../gemm/pack';
import {CONV_CHUNK_PRODUCTS, COPY_CHUNK_FLOATS} from '../../threads/chunks';
import {isFirstChunk, itemsOf, jobOf, ownPart, parallel, partBytes, threadCount} from '../../threads/pool';
import {Geometry2D} from '../geometry';
import {clearPadding, copyFloats, paddedBytes} from '../source';
import {dataRowBytes, gatherData, POINTS, patchBytes, planeBytes, productRowBytes, tileBytes} from './forward';
import {
  allRows,
  blockRows,
  endSlot,
  fillSlots,
  firstSlot,
  tileColumns,
  tileHeight,
  tileImage,
  tileLeft,
  tileRows,
  tileTop,
  tileWidth,
  wholeRows,
} from './tiles';
import {transformKernel, transformOutput} from './transform';
import {allTaps, gradientPixels, restoreZeroTaps, tapsThatMeet} from './zeros';

/** Bytes of the blocks that are gathered at once, about: they stay in the cache that threads share. */
const GATHERED_BYTES: f64 = 8388608;
const MET_BYTES: i32 = MAX_THREADS << 2;

@unmanaged
class WinogradFilterJob {
  geometry: Geometry2D;
  x: usize;
  dy: usize;
  dw: usize;
  /** The sums of each of the 36 points, and the bytes from one to the next. */
  sums: usize;
  sumPlane: usize;
  /** What is gathered of the blocks, and the bytes from one to the next. */
  blocks: usize;
  blockBytes: usize;
  parts: usize;
  partBytes: usize;
  /** For each thread, the taps that it has seen to meet something; and those that were seen before, by any. */
  metOfThreads: usize;
  met: u32;
  /** Rows of tiles of a block; and the first row that is gathered, and how many are. */
  blockRows: i32;
  firstRow: i32;
  rows: i32;
}

/**
 * dw = the gradient of the filter, as conv2d_backprop_filter_f32 defines it, for isWinograd() geometries.
 *
 * scratch  winogradBackpropFilterBytes() bytes
 */
export function winogradBackpropFilter(g: Geometry2D, x: usize, dy: usize, dw: usize, scratch: usize): void {
  const size = g.winogradTile();
  const columns = tileColumns(g, size);
  const job = jobOf<WinogradFilterJob>();
  job.geometry = g;
  job.x = x;
  job.dy = dy;
  job.dw = dw;
  job.sums = scratch;
  job.sumPlane = planeBytes(productRowBytes(g), g.inChannels);
  job.blocks = scratch + job.sumPlane * POINTS;
  job.blockBytes = <usize>blockBytes(g);
  job.parts = job.blocks + <usize>blocksAtOnce(g) * job.blockBytes;
  job.partBytes = <usize>ownBytes(g);
  job.metOfThreads = job.parts + <usize>threadCount() * job.partBytes;
  job.met = 0;
  job.blockRows = blockRows(g, blockTiles(g), size);
  memory.fill(job.metOfThreads, 0, MET_BYTES);
  const atOnce = blocksAtOnce(g) * job.blockRows;
  const ofRow = <f64>((g.inChannels + g.outChannels) * POINTS * columns);
  // Whole images, each of which is padded once.
  const images = itemsOf(COPY_CHUNK_FLOATS, ofRow * tileRows(g, size));
  for (let first = 0; first < allRows(g, size); first += atOnce) {
    job.firstRow = first;
    job.rows = min(atOnce, allRows(g, size) - first);
    parallel(gatherRows.index, job.rows, images * tileRows(g, size));
    for (let thread = 0; thread < threadCount(); thread++) job.met |= load<u32>(job.metOfThreads + (thread << 2));
    const ofPoint = <f64>(job.rows * columns) * <f64>g.inChannels * <f64>g.outChannels;
    parallel(sumPoints.index, POINTS, itemsOf(CONV_CHUNK_PRODUCTS, ofPoint));
  }
  parallel(putGradients.index, g.inChannels, itemsOf(COPY_CHUNK_FLOATS, <f64>(g.outChannels * POINTS)));
  restoreZeroTaps(g, job.met, dw);
}

/** Gathers rows of tiles, of x and of dy. */
function gatherRows(first: i32, end: i32): void {
  const job = jobOf<WinogradFilterJob>();
  const g = job.geometry;
  if (isFirstChunk()) clearPadding(g, ownPart(job.parts, job.partBytes), 1);
  while (first < end) {
    const block = first / job.blockRows;
    const next = min(end, (block + 1) * job.blockRows);
    gatherOfBlock(job, block, first - block * job.blockRows, next - first);
    first = next;
  }
}

/** Gathers `rows` rows of tiles of a block, from its row `top` on. */
function gatherOfBlock(job: WinogradFilterJob, block: i32, top: i32, rows: i32): void {
  const g = job.geometry;
  const size = g.winogradTile();
  const columns = tileColumns(g, size);
  const padded = ownPart(job.parts, job.partBytes);
  const slots = padded + <usize>paddedBytes(g, 1);
  const pixels = slots + ((<usize>(job.blockRows * columns)) << 2);
  const map = pixels + ((<usize>(job.blockRows * columns)) << 3);
  const data = job.blocks + <usize>block * job.blockBytes;
  const kernels = data + dataPlane(g, job.blockRows) * POINTS;
  const firstOfBlock = job.firstRow + block * job.blockRows;
  const firstTile = (firstOfBlock + top) * columns;
  const met = ownPart(job.metOfThreads, 4);
  const isSearching = (job.met | load<u32>(met)) != allTaps(g);
  fillSlots(g, slots, firstOfBlock, min(job.blockRows, job.rows - block * job.blockRows), size);
  const ownSlots = slots + ((<usize>(top * columns)) << 2);
  gatherData(
    g,
    job.x,
    firstTile,
    rows * columns,
    size,
    ownSlots,
    data,
    dataPlane(g, job.blockRows),
    padded,
    pixels,
    isSearching ? map : 0,
  );
  for (let t = 0; t < rows * columns; t++) {
    const slot = <usize>load<i32>(ownSlots + ((<usize>t) << 2));
    const at = tileAt(g, job.dy, firstTile + t, size);
    const to = kernels + slot * productRowBytes(g);
    gatherGradient(g, at, firstTile + t, size, to, kernelPlane(g, job.blockRows));
    if (isSearching && load<u32>(met) != allTaps(g)) {
      const seen = tapsThatMeet(g, load<u64>(pixels + ((<usize>t) << 3)), pixelsOf(g, at, firstTile + t, size));
      store<u32>(met, load<u32>(met) | seen);
    }
  }
}

/** Adds the products of all tiles that are gathered to the sums of some of the points, block by block. */
function sumPoints(firstPoint: i32, endPoint: i32): void {
  const job = jobOf<WinogradFilterJob>();
  const g = job.geometry;
  const size = g.winogradTile();
  const ldData = dataRowBytes(g);
  const ldKernel = productRowBytes(g);
  const dataBytes = dataPlane(g, job.blockRows);
  const kernelBytes = kernelPlane(g, job.blockRows);
  for (let point = firstPoint; point < endPoint; point++) {
    const sum = job.sums + <usize>point * job.sumPlane;
    if (job.firstRow == 0) memory.fill(sum, 0, job.sumPlane);
    for (let row = 0; row < job.rows; row += job.blockRows) {
      const data = job.blocks + <usize>(row / job.blockRows) * job.blockBytes;
      const rows = min(job.blockRows, job.rows - row);
      const whole = wholeRows(g, job.firstRow + row, rows, size);
      const from = <usize>firstSlot(g, point, whole, size);
      gemmBlock(
        Order.Step,
        data + <usize>point * dataBytes + from * ldData,
        4,
        ldData,
        data + dataBytes * POINTS + <usize>point * kernelBytes + from * ldKernel,
        B_STEP,
        ldKernel,
        endSlot(g, point, whole, rows, size) - <i32>from,
        sum,
        ldKernel,
        sum,
        ldKernel,
        g.inChannels,
        <i32>(ldKernel >> 2),
      );
    }
  }
}

/** The scratch that winogradBackpropFilter needs, in bytes. */
export function winogradBackpropFilterBytes(g: Geometry2D): f64 {
  const sums = <f64>planeBytes(productRowBytes(g), g.inChannels) * POINTS;
  return sums + <f64>blocksAtOnce(g) * blockBytes(g) + <f64>threadCount() * ownBytes(g) + MET_BYTES;
}

/** Bytes of what is gathered of a block. */
function blockBytes(g: Geometry2D): f64 {
  const rows = blockRows(g, blockTiles(g), g.winogradTile());
  return <f64>(dataPlane(g, rows) + kernelPlane(g, rows)) * POINTS;
}

/** Bytes of what each thread has: an image with its padding, what is kept of the tiles of a block, and a patch. */
function ownBytes(g: Geometry2D): f64 {
  const size = g.winogradTile();
  const tiles = blockRows(g, blockTiles(g), size) * tileColumns(g, size);
  return partBytes(paddedBytes(g, 1) + <f64>(tileBytes(g, tiles) + patchBytes(g)));
}

function dataPlane(g: Geometry2D, rows: i32): usize {
  return planeBytes(dataRowBytes(g), rows * tileColumns(g, g.winogradTile()));
}
function kernelPlane(g: Geometry2D, rows: i32): usize {
  return planeBytes(productRowBytes(g), rows * tileColumns(g, g.winogradTile()));
}

/** Blocks that are gathered before they are multiplied; by one thread one, which stays in its cache. */
function blocksAtOnce(g: Geometry2D): i32 {
  if (threadCount() == 1) return 1;
  const size = g.winogradTile();
  const rows = blockRows(g, blockTiles(g), size);
  const blocks = (allRows(g, size) + rows - 1) / rows;
  return <i32>min<f64>(<f64>blocks, max<f64>(1, GATHERED_BYTES / blockBytes(g)));
}

/** Tiles of a block, about: those that one GEMM for each point sums over. */
function blockTiles(g: Geometry2D): i32 {
  return max(96, 2 * max(g.inChannels, g.outChannels));
}

/** The address of a tile of dy. */
function tileAt(g: Geometry2D, dy: usize, tile: i32, size: i32): usize {
  const pixel =
    (tileImage(g, tile, size) * g.outHeight + tileTop(g, tile, size)) * g.outWidth + tileLeft(g, tile, size);
  return dy + <usize>pixel * ((<usize>g.outChannels) << 2);
}

/** The filter transform of the tile of dy at `at`. */
function gatherGradient(g: Geometry2D, at: usize, tile: i32, size: i32, y: usize, plane: usize): void {
  const channels = g.outChannels;
  const pixelPitch = (<usize>channels) << 2;
  const rows = tileHeight(g, tile, size);
  transformKernel(at, pixelPitch, pixelPitch * g.outWidth, rows, tileWidth(g, tile, size), channels, y, plane);
}

/** The word of the tile of dy at `at`, see zeros.ts. */
function pixelsOf(g: Geometry2D, at: usize, tile: i32, size: i32): u64 {
  const rowPitch = (<usize>(g.outChannels * g.outWidth)) << 2;
  return gradientPixels(g, at, rowPitch, tileHeight(g, tile, size), tileWidth(g, tile, size));
}

/** The output transform for some input channels. */
function putGradients(first: i32, end: i32): void {
  const job = jobOf<WinogradFilterJob>();
  const g = job.geometry;
  const patch = ownPart(job.parts, job.partBytes);
  for (let k = first; k < end; k++) {
    const sums = job.sums + <usize>k * productRowBytes(g);
    putGradient(g, sums, job.sumPlane, job.dw + ((<usize>(k * g.outChannels)) << 2), patch);
  }
}

/** The output transform for one input channel: the gradients of all its taps to all output channels. */
function putGradient(g: Geometry2D, sums: usize, plane: usize, dw: usize, patch: usize): void {
  const taps = g.filterHeight;
  const channels = g.outChannels;
  const tapPitch = (<usize>(g.inChannels * channels)) << 2;
  if ((channels & 3) == 0) {
    outputTaps(g, sums, plane, channels, dw, tapPitch);
    return;
  }
  const pitch = (<usize>((channels + 3) & -4)) << 2;
  outputTaps(g, sums, plane, channels, patch, pitch);
  for (let t = taps * taps; t > 0; t--) {
    copyFloats(patch, dw, channels);
    patch += pitch;
    dw += tapPitch;
  }
}

function outputTaps(g: Geometry2D, sums: usize, plane: usize, channels: i32, dw: usize, tapPitch: usize): void {
  const taps = g.filterHeight;
  transformOutput(sums, plane, 6, 6, channels, 0, dw, tapPitch, tapPitch * taps, taps, taps);
}
