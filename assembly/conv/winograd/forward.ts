/** The 2D convolution by minimal filtering: one GEMM of the transformed data and filter for each of the 36 points. */
import {gemmPanel, Order} from '../../gemm/block';
import {B_STEP} from '../../gemm/pack';
import {ZEROS} from '../../memory';
import {CONV_CHUNK_PRODUCTS, COPY_CHUNK_FLOATS} from '../../threads/chunks';
import {isFirstChunk, ownPart, partBytes, partCount} from '../../threads/parts';
import {itemsOf, jobOf, parallel} from '../../threads/pool';
import {NR} from '../../tuning';
import {Geometry2D} from '../geometry';
import {clearPadding, paddedBytes} from '../source';
import {WinogradJob} from './forward_job';
import {dataRowBytes, gatherData, POINTS, patchBytes, planeBytes, productRowBytes, tileBytes} from './gather';
import {startNearZeros} from './near_zeros';
import {putOutput} from './output';
import {allRows, blockRows, endSlot, fillSlots, firstSlot, tileColumns, wholeRows} from './tiles';
import {transformKernel} from './transform';
import {mapBytes} from './zeros';

/**
 * y = x * filter + bias, or its relu, as conv2d_f32 defines it, for isWinograd() geometries: strides and dilations are
 * 1.
 *
 * scratch  winogradForwardBytes() bytes
 */
export function winogradForward(
  g: Geometry2D,
  x: usize,
  filter: usize,
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
  job.planes = scratch;
  job.parts = scratch + filterPlaneBytes(g) * POINTS;
  job.partBytes = <usize>ownBytes(g);
  const size = g.winogradTile();
  const panels = (g.outChannels + NR - 1) / NR;
  parallel(transformPanels.index, panels, itemsOf(COPY_CHUNK_FLOATS, <f64>g.inChannels * NR * POINTS));
  const block = blockRows(g, blockTiles(g), size);
  const ofBlock = <f64>(block * tileColumns(g, size) * POINTS) * <f64>g.inChannels * <f64>g.outChannels;
  const parts = partCount(blockCount(g), ownBytes(g));
  parallel(blocksOfTiles.index, blockCount(g), itemsOf(CONV_CHUNK_PRODUCTS, ofBlock), parts);
}

/** Computes blocks of tiles. */
function blocksOfTiles(firstBlock: i32, endBlock: i32): void {
  const job = jobOf<WinogradJob>();
  const g = job.geometry;
  const k = g.inChannels;
  const size = g.winogradTile();
  const columns = tileColumns(g, size);
  const block = blockRows(g, blockTiles(g), size);
  const filterPlane = filterPlaneBytes(g);
  const dataPlane = planeBytes(dataRowBytes(g.inChannels), block * columns);
  const productPlane = planeBytes(productRowBytes(g), block * columns);
  const data = ownPart(job.parts, job.partBytes);
  const products = data + dataPlane * POINTS;
  const patch = products + productPlane * POINTS;
  const padded = patch + patchBytes(g);
  const slots = padded + <usize>paddedBytes(g, 1);
  const pixels = slots + ((<usize>(block * columns)) << 2);
  const map = pixels + ((<usize>(block * columns)) << 3);
  const near = job.activates ? map + mapBytes(g) : 0;
  const ldData = dataRowBytes(g.inChannels);
  const ldProduct = productRowBytes(g);
  if (isFirstChunk()) clearPadding(g, padded, 1);
  for (let first = firstBlock * block; first < min(endBlock * block, allRows(g, size)); first += block) {
    const rows = min(block, allRows(g, size) - first);
    const whole = wholeRows(g, first, rows, size);
    // Of each block by itself, so that the outputs do not depend on which thread computes which blocks.
    if (near) startNearZeros(near, rows * columns * size * size * g.outChannels);
    fillSlots(g, slots, first, rows, size);
    gatherData(g, job.x, first * columns, rows * columns, size, 0, k, slots, data, dataPlane, padded, pixels, map);
    for (let point = 0; point < POINTS; point++) {
      const from = <usize>firstSlot(g, point, whole, size);
      const count = endSlot(g, point, whole, rows, size) - <i32>from;
      const a = data + <usize>point * dataPlane + from * ldData;
      let panel = job.planes + <usize>point * filterPlane;
      let c = products + <usize>point * productPlane + from * ldProduct;
      for (let j = 0; j < g.outChannels; j += NR) {
        gemmPanel(Order.Rows, a, ldData, ldData, panel, B_STEP, k, ZEROS, 0, c, ldProduct, count, NR);
        panel += <usize>k * B_STEP;
        c += B_STEP;
      }
    }
    for (let t = 0; t < rows * columns; t++) {
      const slot = <usize>load<i32>(slots + ((<usize>t) << 2));
      const seen = load<u64>(pixels + ((<usize>t) << 3));
      putOutput(job, products + slot * ldProduct, productPlane, first * columns + t, size, patch, seen, near);
    }
  }
}

/** The scratch that winogradForward needs, in bytes. */
export function winogradForwardBytes(g: Geometry2D): f64 {
  return <f64>filterPlaneBytes(g) * POINTS + <f64>partCount(blockCount(g), ownBytes(g)) * ownBytes(g);
}

function blockCount(g: Geometry2D): i32 {
  const size = g.winogradTile();
  const block = blockRows(g, blockTiles(g), size);
  return (allRows(g, size) + block - 1) / block;
}

/** Bytes of what each thread has: all of a block, and an image with its padding. */
function ownBytes(g: Geometry2D): f64 {
  const size = g.winogradTile();
  const tiles = blockRows(g, blockTiles(g), size) * tileColumns(g, size);
  const planes = planeBytes(dataRowBytes(g.inChannels), tiles) + planeBytes(productRowBytes(g), tiles);
  return partBytes(<f64>planes * POINTS + <f64>(patchBytes(g) + tileBytes(g, tiles)) + paddedBytes(g, 1));
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

function filterPlaneBytes(g: Geometry2D): usize {
  return planeBytes(productRowBytes(g), g.inChannels);
}
