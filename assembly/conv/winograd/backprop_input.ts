/**
 * The gradient of a 2D convolution's input by the transpose of its minimal filtering: tiles are those of the output, and
 * the gradients of the pixels that they read are added where tiles overlap. The convolution of dy with the rotated filter
 * has tiles of the input instead, which are more where the padding is less than 'same': 26x26x32 to 32, valid, has 44 points
 * along an axis that way, and 36 this way. Blocks are whole images, so that threads add to different ones.
 */
import {gemmPanel, Order} from '../../gemm/block';
import {B_STEP, panelRowBytes} from '../../gemm/pack';
import {ZEROS} from '../../memory';
import {CONV_CHUNK_PRODUCTS, COPY_CHUNK_FLOATS} from '../../threads/chunks';
import {ownPart, partBytes, partCount} from '../../threads/parts';
import {itemsOf, jobOf, parallel} from '../../threads/pool';
import {NR} from '../../tuning';
import {Geometry2D} from '../geometry';
import {paddedBytes, unpadImage} from '../source';
import {dataRowBytes, POINTS, planeBytes, SIDE} from './gather';
import {
  allRows,
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
import {transformKernel} from './transform';
import {scatterTile, spreadTile} from './transposed';
import {addSeen, gradientPixels, isSeen} from './zeros';

/** Tiles of a block, about, and at most: a block has an image at least. */
const BLOCK_TILES: i32 = 64;
const MAX_BLOCK_TILES: i32 = 256;
/** How many of the products of the convolution with the rotated filter are worth the additions. */
const MAX_WORK: f64 = 0.9;

@unmanaged
class TransposedJob {
  geometry: Geometry2D;
  dy: usize;
  rotated: usize;
  dx: usize;
  /** The transformed filter, and what each thread has. */
  planes: usize;
  parts: usize;
  partBytes: usize;
}

/** Whether this computes the gradient. */
export function isTransposed(g: Geometry2D): bool {
  if (!g.isWinograd()) return false;
  const size = g.winogradTile();
  if ((g.inChannels & 3) != 0 || tilesOf(g, 1) > MAX_BLOCK_TILES) return false;
  const work = pointsAlong(g.outHeight, size) * pointsAlong(g.outWidth, size);
  return work < MAX_WORK * pointsAlong(g.inHeight, size) * pointsAlong(g.inWidth, size);
}

/** Points of the tiles along an axis of so many pixels. */
function pointsAlong(pixels: i32, size: i32): f64 {
  const rest = pixels % size;
  return <f64>((pixels / size) * SIDE + (rest > 0 ? rest + SIDE - size : 0));
}

/**
 * dx = the gradient of the input, as conv2d_backprop_input_f32 defines it.
 *
 * rotated  the filter, its taps in reverse order and its channels swapped
 * scratch  winogradBackpropInputBytes() bytes
 */
export function winogradBackpropInput(g: Geometry2D, dy: usize, rotated: usize, dx: usize, scratch: usize): void {
  const job = jobOf<TransposedJob>();
  job.geometry = g;
  job.dy = dy;
  job.rotated = rotated;
  job.dx = dx;
  job.planes = scratch;
  job.parts = scratch + filterPlane(g) * POINTS;
  job.partBytes = <usize>ownBytes(g);
  const panels = (g.inChannels + NR - 1) / NR;
  parallel(transformPanels.index, panels, itemsOf(COPY_CHUNK_FLOATS, <f64>g.outChannels * NR * POINTS));
  const ofBlock = <f64>tilesOf(g, imagesOfBlock(g)) * POINTS * <f64>g.inChannels * <f64>g.outChannels;
  const parts = partCount(blockCount(g), ownBytes(g));
  parallel(computeBlocks.index, blockCount(g), itemsOf(CONV_CHUNK_PRODUCTS, ofBlock), parts);
}

/** The scratch that winogradBackpropInput needs, in bytes. */
export function winogradBackpropInputBytes(g: Geometry2D): f64 {
  return <f64>filterPlane(g) * POINTS + <f64>partCount(blockCount(g), ownBytes(g)) * ownBytes(g);
}

/** Bytes of what each thread has: the matrices of a block, its tiles' slots, one tile's pixels, and a padded image. */
function ownBytes(g: Geometry2D): f64 {
  const tiles = tilesOf(g, imagesOfBlock(g));
  const planes = <f64>(dataPlane(g) + productPlane(g)) * POINTS;
  return partBytes(planes + <f64>slotBytes(tiles) + 4 * <f64>(POINTS * g.inChannels) + paddedBytes(g, 1));
}

function slotBytes(tiles: i32): usize {
  return (((<usize>tiles) << 2) + 15) & ~15;
}
function filterPlane(g: Geometry2D): usize {
  return planeBytes(panelRowBytes(g.inChannels), g.outChannels);
}
function dataPlane(g: Geometry2D): usize {
  return planeBytes(dataRowBytes(g.outChannels), tilesOf(g, imagesOfBlock(g)));
}
function productPlane(g: Geometry2D): usize {
  return planeBytes(panelRowBytes(g.inChannels), tilesOf(g, imagesOfBlock(g)));
}

function tilesOf(g: Geometry2D, images: i32): i32 {
  const size = g.winogradTile();
  return images * ((g.outHeight + size - 1) / size) * tileColumns(g, size);
}

function imagesOfBlock(g: Geometry2D): i32 {
  const tiles = tilesOf(g, 1);
  return min(g.batchSize, max(1, (BLOCK_TILES + tiles / 2) / tiles));
}

function blockCount(g: Geometry2D): i32 {
  return (g.batchSize + imagesOfBlock(g) - 1) / imagesOfBlock(g);
}

/** Transforms panels of the filter: its taps are read from the last to the first. */
function transformPanels(first: i32, end: i32): void {
  const job = jobOf<TransposedJob>();
  const g = job.geometry;
  const taps = g.filterHeight;
  const tap = (<usize>(g.inChannels * g.outChannels)) << 2;
  const last = job.rotated + <usize>(taps * taps - 1) * tap;
  let packed = job.planes + <usize>(first * g.outChannels) * B_STEP;
  for (let j = first * NR; j < min(end * NR, g.inChannels); j += NR) {
    const columns = min(NR, g.inChannels - j);
    let from = last + ((<usize>j) << 2);
    for (let k = 0; k < g.outChannels; k++) {
      transformKernel(from, 0 - tap, 0 - tap * taps, taps, taps, columns, packed, filterPlane(g));
      from += (<usize>g.inChannels) << 2;
      packed += B_STEP;
    }
  }
}

function computeBlocks(first: i32, end: i32): void {
  const job = jobOf<TransposedJob>();
  const g = job.geometry;
  const images = imagesOfBlock(g);
  const tileRows = allRows(g, g.winogradTile()) / g.batchSize;
  const data = ownPart(job.parts, job.partBytes);
  const slots = data + (dataPlane(g) + productPlane(g)) * POINTS;
  const patch = slots + slotBytes(tilesOf(g, images));
  for (let image = first * images; image < min(end * images, g.batchSize); image += images) {
    const rows = min(images, g.batchSize - image) * tileRows;
    fillSlots(g, slots, image * tileRows, rows, g.winogradTile());
    spreadGradients(job, data, slots, image * tileRows, rows);
    multiplyPoints(job, data, image * tileRows, rows);
    scatterProducts(job, data, slots, patch, image * tileRows, rows);
  }
}

/** The address of a tile of dy. */
function gradientOf(job: TransposedJob, tile: i32): usize {
  const g = job.geometry;
  const size = g.winogradTile();
  const row = tileImage(g, tile, size) * g.outHeight + tileTop(g, tile, size);
  return job.dy + ((<usize>((row * g.outWidth + tileLeft(g, tile, size)) * g.outChannels)) << 2);
}

/** The transform of the tiles of dy. */
function spreadGradients(job: TransposedJob, data: usize, slots: usize, firstRow: i32, rows: i32): void {
  const g = job.geometry;
  const size = g.winogradTile();
  const columns = tileColumns(g, size);
  const pixelPitch = (<usize>g.outChannels) << 2;
  for (let t = 0; t < rows * columns; t++) {
    const tile = firstRow * columns + t;
    const height = tileHeight(g, tile, size);
    spreadTile(
      gradientOf(job, tile),
      pixelPitch,
      pixelPitch * g.outWidth,
      height,
      tileWidth(g, tile, size),
      height + SIDE - size,
      g.outChannels,
      data + <usize>load<i32>(slots + ((<usize>t) << 2)) * dataRowBytes(g.outChannels),
      dataPlane(g),
    );
  }
}

function multiplyPoints(job: TransposedJob, data: usize, firstRow: i32, rows: i32): void {
  const g = job.geometry;
  const size = g.winogradTile();
  const whole = wholeRows(g, firstRow, rows, size);
  const k = g.outChannels;
  const ldData = dataRowBytes(k);
  const ldProduct = panelRowBytes(g.inChannels);
  const products = data + dataPlane(g) * POINTS;
  for (let point = 0; point < POINTS; point++) {
    const slot = <usize>firstSlot(g, point, whole, size);
    const count = endSlot(g, point, whole, rows, size) - <i32>slot;
    const a = data + <usize>point * dataPlane(g) + slot * ldData;
    let panel = job.planes + <usize>point * filterPlane(g);
    let c = products + <usize>point * productPlane(g) + slot * ldProduct;
    for (let j = 0; j < g.inChannels; j += NR) {
      gemmPanel(Order.Rows, a, ldData, ldData, panel, B_STEP, k, ZEROS, 0, c, ldProduct, count, NR);
      panel += <usize>k * B_STEP;
      c += B_STEP;
    }
  }
}

/** From the products to the images, one after another. */
function scatterProducts(job: TransposedJob, data: usize, slots: usize, patch: usize, firstRow: i32, rows: i32): void {
  const g = job.geometry;
  const size = g.winogradTile();
  const columns = tileColumns(g, size);
  const products = data + dataPlane(g) * POINTS;
  const pixelPitch = (<usize>g.inChannels) << 2;
  const imageBytes = <usize>(g.inHeight * g.inWidth) * pixelPitch;
  const padded = patch + <usize>POINTS * pixelPitch;
  const tiles = rows * columns;
  const tilesOfImage = tilesOf(g, 1);
  for (let t = 0; t < tiles; t++) {
    const tile = firstRow * columns + t;
    const dx = job.dx + <usize>tileImage(g, tile, size) * imageBytes;
    const target = g.needsPadding() ? padded : dx;
    if (tile % tilesOfImage == 0) {
      memory.fill(dx, 0, imageBytes);
      if (g.needsPadding()) memory.fill(padded, 0, <usize>paddedBytes(g, 1));
    }
    const rowPoints = tileHeight(g, tile, size) + SIDE - size;
    const columnPoints = tileWidth(g, tile, size) + SIDE - size;
    const x = products + <usize>load<i32>(slots + ((<usize>t) << 2)) * panelRowBytes(g.inChannels);
    const y = target + <usize>tileTop(g, tile, size) * g.sourceRowBytes() + <usize>tileLeft(g, tile, size) * pixelPitch;
    const gradientPitch = (<usize>(g.outChannels * g.outWidth)) << 2;
    const height = tileHeight(g, tile, size);
    const seen = gradientPixels(g, gradientOf(job, tile), gradientPitch, height, tileWidth(g, tile, size));
    if (isSeen(seen, height, tileWidth(g, tile, size))) {
      scatterTile(x, productPlane(g), rowPoints, columnPoints, g.inChannels, y, pixelPitch, g.sourceRowBytes());
    } else {
      const patchPitch = pixelPitch * columnPoints;
      memory.fill(patch, 0, patchPitch * rowPoints);
      scatterTile(x, productPlane(g), rowPoints, columnPoints, g.inChannels, patch, pixelPitch, patchPitch);
      addSeen(g, seen, patch, y, g.sourceRowBytes(), rowPoints, columnPoints);
    }
    if (g.needsPadding() && tile % tilesOfImage == tilesOfImage - 1) unpadImage(g, padded, dx);
  }
}
