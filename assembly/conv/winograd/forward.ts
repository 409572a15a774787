/** The 2D convolution by minimal filtering: one GEMM of the transformed data and filter for each of the 36 points. */
import {gemmPanel, Order} from '../../gemm/block';
import {B_STEP, panelRowBytes} from '../../gemm/pack';
import {ZEROS} from '../../memory';
import {CONV_CHUNK_PRODUCTS, COPY_CHUNK_FLOATS} from '../../threads/chunks';
import {isFirstChunk, itemsOf, jobOf, ownPart, parallel, partBytes, threadCount} from '../../threads/pool';
import {NR} from '../../tuning';
import {Geometry2D} from '../geometry';
import {clearPadding, copyFloats, paddedBytes, padImages} from '../source';
import {activateExactly, NearZeros, startNearZeros} from './near_zeros';
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
  tileTop,
  tileWidth,
  wholeRows,
} from './tiles';
import {transformData, transformKernel, transformOutput} from './transform';
import {mapBytes, mapPixels, restoreZeros, tilePixels} from './zeros';

/** Points of a full tile, SIDE x SIDE. */
export const POINTS: i32 = 36;
const SIDE: i32 = 6;

@unmanaged
class WinogradJob {
  geometry: Geometry2D;
  x: usize;
  filter: usize;
  bias: usize;
  y: usize;
  activates: bool;
  /** The transformed filter. */
  planes: usize;
  parts: usize;
  partBytes: usize;
}

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
  parallel(blocksOfTiles.index, (allRows(g, size) + block - 1) / block, itemsOf(CONV_CHUNK_PRODUCTS, ofBlock));
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
  return <f64>filterPlaneBytes(g) * POINTS + <f64>threadCount() * ownBytes(g);
}

/** Bytes of what each thread has: all of a block, and an image with its padding. */
function ownBytes(g: Geometry2D): f64 {
  const size = g.winogradTile();
  const tiles = blockRows(g, blockTiles(g), size) * tileColumns(g, size);
  const planes = planeBytes(dataRowBytes(g.inChannels), tiles) + planeBytes(productRowBytes(g), tiles);
  return partBytes(<f64>planes * POINTS + <f64>(patchBytes(g) + tileBytes(g, tiles)) + paddedBytes(g, 1));
}

/** Bytes of what is kept of the tiles of a block: slots, which pixels are zero, and NearZeros. */
export function tileBytes(g: Geometry2D, tiles: i32): usize {
  return <usize>tiles * 12 + mapBytes(g) + offsetof<NearZeros>();
}

/**
 * Tiles of a block, about: with more of them the transformed filter is read less often, but the block's own matrices
 * should stay in the cache. 26x26x32 to 32 runs at 113 GFLOP/s with 64 tiles and at 102 with 96; 14x14x96, 5x5 to 256
 * at 117 with 144 and at 104 with 512; 7x7x384 to 384 at 120 with all 256 and at 113 with 96.
 */
function blockTiles(g: Geometry2D): i32 {
  return max(64, (min(g.inChannels, g.outChannels) * 3) / 2);
}

/**
 * The data transform of some channels of all tiles of a block, each to the row of the matrices that `slots` has for it (see fillSlots);
 * `padded` is the buffer for one padded image. If `map`, the buffer for one image's map, is not 0, it notes which pixels
 * of each tile are zero (see zeros.ts) at `pixels`.
 */
export function gatherData(
  g: Geometry2D,
  x: usize,
  firstTile: i32,
  tiles: i32,
  size: i32,
  firstChannel: i32,
  channels: i32,
  slots: usize,
  data: usize,
  plane: usize,
  padded: usize,
  pixels: usize,
  map: usize,
): void {
  const pixelPitch = (<usize>g.inChannels) << 2;
  let image = -1;
  let source = x;
  for (let tile = firstTile; tile < firstTile + tiles; tile++) {
    if (tileImage(g, tile, size) != image) {
      image = tileImage(g, tile, size);
      source = padImages(g, x + <usize>image * (<usize>(g.inHeight * g.inWidth) * pixelPitch), 1, padded);
      if (map) mapPixels(g, source, map);
    }
    const pixel = <usize>tileTop(g, tile, size) * g.sourceRowBytes() + <usize>tileLeft(g, tile, size) * pixelPitch;
    const at = source + pixel + ((<usize>firstChannel) << 2);
    const rows = tileHeight(g, tile, size) + SIDE - size;
    const columns = tileWidth(g, tile, size) + SIDE - size;
    const to = data + <usize>load<i32>(slots) * dataRowBytes(channels);
    transformData(at, pixelPitch, g.sourceRowBytes(), rows, columns, channels, to, plane);
    slots += 4;
    if (map) {
      const word = tilePixels(g, map, tileTop(g, tile, size), tileLeft(g, tile, size), rows, columns);
      store<u64>(pixels, word);
      pixels += 8;
    }
  }
}

/** The output transform of one tile, from its row of the products to pixels of y; and its relu, if `near` is not 0. */
function putOutput(
  job: WinogradJob,
  products: usize,
  plane: usize,
  tile: i32,
  size: i32,
  patch: usize,
  pixels: u64,
  near: usize,
): void {
  const g = job.geometry;
  const bias = job.bias;
  const channels = g.outChannels;
  const pixelPitch = (<usize>channels) << 2;
  const rowPitch = pixelPitch * g.outWidth;
  const image = tileImage(g, tile, size);
  const top = tileTop(g, tile, size);
  const left = tileLeft(g, tile, size);
  const rows = tileHeight(g, tile, size);
  const columns = tileWidth(g, tile, size);
  const rowPoints = rows + SIDE - size;
  const columnPoints = columns + SIDE - size;
  const at = job.y + <usize>((image * g.outHeight + top) * g.outWidth + left) * pixelPitch;
  if ((channels & 3) == 0) {
    transformOutput(products, plane, rowPoints, columnPoints, channels, bias, at, pixelPitch, rowPitch, rows, columns);
  } else {
    const pitch = (<usize>((channels + 3) & -4)) << 2;
    transformOutput(
      products,
      plane,
      rowPoints,
      columnPoints,
      channels,
      bias,
      patch,
      pitch,
      pitch * columns,
      rows,
      columns,
    );
    copyTile(g, patch, pitch, at, rowPitch, rows, columns);
  }
  restoreZeros(g, pixels, bias, at, rowPitch, rows, columns);
  if (near) {
    const source = job.x + ((<usize>image * <usize>(g.inHeight * g.inWidth * g.inChannels)) << 2);
    activateExactly(g, source, job.filter, bias, at, top, left, rows, columns, near);
  }
}

/** Copies a tile, whose pixels are `pitch` bytes apart, to y. */
function copyTile(g: Geometry2D, patch: usize, pitch: usize, y: usize, rowPitch: usize, rows: i32, columns: i32): void {
  for (; rows > 0; rows--) {
    let to = y;
    for (let c = 0; c < columns; c++) {
      copyFloats(patch, to, g.outChannels);
      patch += pitch;
      to += (<usize>g.outChannels) << 2;
    }
    y += rowPitch;
  }
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

/**
 * Bytes from the matrix of one point to that of the next. A transform writes to all 36 of them at once: with a multiple
 * of 4096 all its stores would go to one set of the first-level cache.
 */
export function planeBytes(rowBytes: usize, rows: i32): usize {
  return ((rowBytes * rows + 4095) & ~4095) + 64;
}

function filterPlaneBytes(g: Geometry2D): usize {
  return planeBytes(productRowBytes(g), g.inChannels);
}
export function patchBytes(g: Geometry2D): usize {
  return (<usize>(POINTS * (max(g.inChannels, g.outChannels) + 3))) << 2;
}

/** Row strides in bytes: of the transformed data, in whole vectors, and of the products, in whole panels. */
export function dataRowBytes(channels: i32): usize {
  return (<usize>((channels + 3) & -4)) << 2;
}
export function productRowBytes(g: Geometry2D): usize {
  return panelRowBytes(g.outChannels);
}
