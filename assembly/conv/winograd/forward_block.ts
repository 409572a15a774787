/** The three steps for a block of tiles, each over a range of what does not depend on one another. */
import {gemmPanel, Order} from '../../gemm/block';
import {B_STEP} from '../../gemm/pack';
import {ZEROS} from '../../memory';
import {NR} from '../../tuning';
import {Geometry2D} from '../geometry';
import {
  dataPlaneBytes,
  mapOf,
  nearOf,
  patchOf,
  pixelsOf,
  productPlaneBytes,
  productsOf,
  slotsOf,
  WinogradJob,
} from './forward_job';
import {dataRowBytes, gatherData, planeBytes, productRowBytes} from './gather';
import {startNearZeros} from './near_zeros';
import {putOutput} from './output';
import {blockRows, endSlot, firstSlot, tileColumns} from './tiles';

/** Tiles, about, whose outputs near zero are counted together: results do not depend on the size of a block. */
const GROUP_TILES: i32 = 64;

/** Rows of tiles in a group: what a thread has of a block at least. */
export function groupRows(g: Geometry2D): i32 {
  return blockRows(g, GROUP_TILES, g.winogradTile());
}

/** The data transform of rows of the block that begins at row `first`; `thread` is cleared. */
export function gatherRows(job: WinogradJob, block: usize, thread: usize, first: i32, from: i32, end: i32): void {
  const g = job.geometry;
  const size = g.winogradTile();
  const columns = tileColumns(g, size);
  const tile = from * columns;
  gatherData(
    g,
    job.x,
    first * columns + tile,
    (end - from) * columns,
    size,
    0,
    g.inChannels,
    slotsOf(job, block) + ((<usize>tile) << 2),
    block,
    dataPlaneBytes(job),
    thread,
    pixelsOf(job, block) + ((<usize>tile) << 3),
    mapOf(g, thread),
  );
}

/** The products of some of the 36 points, of a block with so many rows. */
export function multiplyPoints(job: WinogradJob, block: usize, rows: i32, whole: i32, from: i32, end: i32): void {
  const g = job.geometry;
  const k = g.inChannels;
  const size = g.winogradTile();
  const ldData = dataRowBytes(k);
  const ldProduct = productRowBytes(g);
  for (let point = from; point < end; point++) {
    const slot = <usize>firstSlot(g, point, whole, size);
    const count = endSlot(g, point, whole, rows, size) - <i32>slot;
    const a = block + <usize>point * dataPlaneBytes(job) + slot * ldData;
    let panel = job.planes + <usize>point * filterPlaneBytes(g);
    let c = productsOf(job, block) + <usize>point * productPlaneBytes(job) + slot * ldProduct;
    for (let j = 0; j < g.outChannels; j += NR) {
      gemmPanel(Order.Rows, a, ldData, ldData, panel, B_STEP, k, ZEROS, 0, c, ldProduct, count, NR);
      panel += <usize>k * B_STEP;
      c += B_STEP;
    }
  }
}

/** The output transform of rows of the block that begins at row `first`: whole groups. */
export function putRows(job: WinogradJob, block: usize, thread: usize, first: i32, from: i32, end: i32): void {
  const g = job.geometry;
  const size = g.winogradTile();
  const columns = tileColumns(g, size);
  const products = productsOf(job, block);
  const plane = productPlaneBytes(job);
  const slots = slotsOf(job, block);
  const pixels = pixelsOf(job, block);
  const patch = patchOf(g, thread);
  const near = job.activates ? nearOf(g, thread) : 0;
  const group = groupRows(g);
  for (let row = from; row < end; row++) {
    if (near && row % group == 0) {
      startNearZeros(near, min(group, end - row) * columns * size * size * g.outChannels);
    }
    for (let t = row * columns; t < (row + 1) * columns; t++) {
      const slot = <usize>load<i32>(slots + ((<usize>t) << 2));
      const seen = load<u64>(pixels + ((<usize>t) << 3));
      putOutput(job, products + slot * productRowBytes(g), plane, first * columns + t, size, patch, seen, near);
    }
  }
}

/** Bytes from the transformed filter of one point to that of the next. */
export function filterPlaneBytes(g: Geometry2D): usize {
  return planeBytes(productRowBytes(g), g.inChannels);
}
