/**
 * The 2D convolution by minimal filtering: one GEMM of the transformed data and filter for each of the 36 points, block
 * by block. Each thread computes some blocks; of few blocks, large ones of a small image, all threads compute each, step
 * by step: 7x7x384 to 384, batch 64, is one block, and takes 64 ms on one thread, 32 on two.
 */
import {B_STEP} from '../../gemm/pack';
import {CONV_CHUNK_PRODUCTS, COPY_CHUNK_FLOATS} from '../../threads/chunks';
import {isFirstChunk, ownPart, partCount} from '../../threads/parts';
import {itemsOf, jobOf, noteChunks, parallel, threadCount} from '../../threads/pool';
import {NR} from '../../tuning';
import {Geometry2D} from '../geometry';
import {clearPadding} from '../source';
import {filterPlaneBytes, gatherRows, groupRows, multiplyPoints, putRows} from './forward_block';
import {blockBytes, slotsOf, threadBytes, WinogradJob} from './forward_job';
import {POINTS} from './gather';
import {allRows, blockRows, fillSlots, tileColumns, wholeRows} from './tiles';
import {transformKernel} from './transform';

/**
 * y = x * filter + bias, or its relu, as conv2d_f32 defines it, for isWinograd() geometries: strides and dilations are
 * 1.
 *
 * packed   what packWinogradFilter() made of the filter, or 0
 * scratch  winogradForwardBytes() bytes
 */
export function winogradForward(
  g: Geometry2D,
  x: usize,
  filter: usize,
  packed: usize,
  bias: usize,
  y: usize,
  activates: bool,
  scratch: usize,
): void {
  const job = jobOf<WinogradJob>();
  job.geometry = g;
  job.x = x;
  job.filter = filter;
  job.bias = bias;
  job.y = y;
  job.activates = activates;
  job.planes = packed ? packed : scratch;
  job.blockTiles = rowsOfBlock(g) * tileColumns(g, g.winogradTile());
  job.parts = scratch + winogradFilterBytes(g);
  job.partBytes = <usize>ownBytes(g);
  if (!packed) transformFilter(g);
  noteChunks(POINTS / itemsOf(CONV_CHUNK_PRODUCTS, ofPoint(job)));
  if (sharesBlocks(g)) shareBlocks(job);
  else parallel(computeBlocks.index, blockCount(g), itemsOf(CONV_CHUNK_PRODUCTS, POINTS * ofPoint(job)), partsOf(g));
}

/** The transformed filter, at `packed`: winogradFilterBytes() bytes. */
export function packWinogradFilter(g: Geometry2D, filter: usize, packed: usize): void {
  const job = jobOf<WinogradJob>();
  job.geometry = g;
  job.filter = filter;
  job.planes = packed;
  transformFilter(g);
}

export function winogradFilterBytes(g: Geometry2D): usize {
  return filterPlaneBytes(g) * POINTS;
}

function transformFilter(g: Geometry2D): void {
  const panels = (g.outChannels + NR - 1) / NR;
  parallel(transformPanels.index, panels, itemsOf(COPY_CHUNK_FLOATS, <f64>g.inChannels * NR * POINTS));
}

/** Products of one point of a block. */
function ofPoint(job: WinogradJob): f64 {
  return <f64>job.blockTiles * <f64>job.geometry.inChannels * <f64>job.geometry.outChannels;
}

/** Computes blocks of tiles. */
function computeBlocks(firstBlock: i32, endBlock: i32): void {
  const job = jobOf<WinogradJob>();
  const g = job.geometry;
  const all = allRows(g, g.winogradTile());
  const thread = ownPart(job.parts, job.partBytes);
  const block = thread + <usize>threadBytes(g);
  if (isFirstChunk()) clearPadding(g, thread, 1);
  const most = rowsOfBlock(g);
  for (let first = firstBlock * most; first < min(endBlock * most, all); first += most) {
    const rows = min(most, all - first);
    const whole = startBlock(job, block, first, rows);
    gatherRows(job, block, thread, first, 0, rows);
    multiplyPoints(job, block, rows, whole, 0, POINTS);
    putRows(job, block, thread, first, 0, rows);
  }
}

/** Computes blocks of tiles one after another, each on all threads. */
function shareBlocks(job: WinogradJob): void {
  const g = job.geometry;
  const all = allRows(g, g.winogradTile());
  const most = rowsOfBlock(g);
  job.block = job.parts + <usize>partsOf(g) * job.partBytes;
  for (job.first = 0; job.first < all; job.first += most) {
    job.rows = min(most, all - job.first);
    job.whole = startBlock(job, job.block, job.first, job.rows);
    const groups = (job.rows + groupRows(g) - 1) / groupRows(g);
    parallel(gatherGroups.index, groups, 1, partsOf(g));
    parallel(multiplySome.index, POINTS, itemsOf(CONV_CHUNK_PRODUCTS, ofPoint(job)));
    parallel(putGroups.index, groups, 1, partsOf(g));
  }
}

function gatherGroups(first: i32, end: i32): void {
  const job = jobOf<WinogradJob>();
  const g = job.geometry;
  const rows = groupRows(g);
  const thread = ownPart(job.parts, job.partBytes);
  if (isFirstChunk()) clearPadding(g, thread, 1);
  gatherRows(job, job.block, thread, job.first, first * rows, min(end * rows, job.rows));
}

function multiplySome(first: i32, end: i32): void {
  const job = jobOf<WinogradJob>();
  multiplyPoints(job, job.block, job.rows, job.whole, first, end);
}

function putGroups(first: i32, end: i32): void {
  const job = jobOf<WinogradJob>();
  const rows = groupRows(job.geometry);
  const thread = ownPart(job.parts, job.partBytes);
  putRows(job, job.block, thread, job.first, first * rows, min(end * rows, job.rows));
}

/** Orders the tiles of a block; how many of its rows are whole. */
function startBlock(job: WinogradJob, block: usize, first: i32, rows: i32): i32 {
  const g = job.geometry;
  fillSlots(g, slotsOf(job, block), first, rows, g.winogradTile());
  return wholeRows(g, first, rows, g.winogradTile());
}

/** Whether there are too few blocks for all threads to have as many. */
function sharesBlocks(g: Geometry2D): bool {
  return threadCount() > 1 && blockCount(g) < 2 * threadCount();
}

/** The scratch that winogradForward needs, in bytes. */
export function winogradForwardBytes(g: Geometry2D): f64 {
  const shared = sharesBlocks(g) ? bytesOfBlock(g) : 0;
  return <f64>winogradFilterBytes(g) + <f64>partsOf(g) * ownBytes(g) + shared;
}

function partsOf(g: Geometry2D): i32 {
  return partCount(sharesBlocks(g) ? allRows(g, g.winogradTile()) : blockCount(g), ownBytes(g));
}

/** Bytes of what each thread has. */
function ownBytes(g: Geometry2D): f64 {
  return sharesBlocks(g) ? threadBytes(g) : threadBytes(g) + bytesOfBlock(g);
}

function bytesOfBlock(g: Geometry2D): f64 {
  return blockBytes(g, rowsOfBlock(g) * tileColumns(g, g.winogradTile()));
}

function blockCount(g: Geometry2D): i32 {
  return (allRows(g, g.winogradTile()) + rowsOfBlock(g) - 1) / rowsOfBlock(g);
}

/** Rows of tiles in a block. */
function rowsOfBlock(g: Geometry2D): i32 {
  return blockRows(g, blockTiles(g), g.winogradTile());
}

/**
 * Tiles of a block, about: with more of them the transformed filter is read less often, but the block's own matrices
 * should stay in the cache. 26x26x32 to 32 runs at 113 GFLOP/s with 64 tiles and at 102 with 96; 14x14x96, 5x5 to 256
 * at 117 with 144 and at 104 with 512; 7x7x384 to 384 at 120 with all 256 and at 113 with 96.
 */
function blockTiles(g: Geometry2D): i32 {
  return max(64, (min(g.inChannels, g.outChannels) * 3) / 2);
}

/** Transforms panels of the filter. */
function transformPanels(first: i32, end: i32): void {
  const job = jobOf<WinogradJob>();
  const g = job.geometry;
  const tap = (<usize>(g.inChannels * g.outChannels)) << 2;
  const taps = g.filterHeight;
  const plane = filterPlaneBytes(g);
  let packed = job.planes + <usize>(first * g.inChannels) * B_STEP;
  // Panel by panel, so that each of the 36 matrices is written sequentially.
  for (let j = first * NR; j < min(end * NR, g.outChannels); j += NR) {
    const columns = min(NR, g.outChannels - j);
    let from = job.filter + ((<usize>j) << 2);
    for (let k = 0; k < g.inChannels; k++) {
      transformKernel(from, tap, tap * taps, taps, taps, columns, packed, plane);
      from += (<usize>g.outChannels) << 2;
      packed += B_STEP;
    }
  }
}
