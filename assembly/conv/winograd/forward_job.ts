import {partBytes} from '../../threads/parts';
import {Geometry2D} from '../geometry';
import {paddedBytes} from '../source';
import {dataRowBytes, POINTS, patchBytes, planeBytes, productRowBytes} from './gather';
import {NearZeros} from './near_zeros';
import {mapBytes} from './zeros';

/** A convolution by minimal filtering: what its chunks read. */
@unmanaged
export class WinogradJob {
  geometry: Geometry2D;
  x: usize;
  filter: usize;
  bias: usize;
  y: usize;
  activates: bool;
  /** The transformed filter. */
  planes: usize;
  /** Tiles of a full block. */
  blockTiles: i32;
  /** What each thread has for itself, and the bytes of one: ThreadScratch, and a block unless the threads share one. */
  parts: usize;
  partBytes: usize;
  /** Where the threads share each block: its scratch, its first row of tiles, its rows, and those that are whole. */
  block: usize;
  first: i32;
  rows: i32;
  whole: i32;
}

/** The scratch of a block: its matrices of 36 points each, and of each tile its row of them and its word of pixels. */
export function dataPlaneBytes(job: WinogradJob): usize {
  return planeBytes(dataRowBytes(job.geometry.inChannels), job.blockTiles);
}
export function productPlaneBytes(job: WinogradJob): usize {
  return planeBytes(productRowBytes(job.geometry), job.blockTiles);
}
export function productsOf(job: WinogradJob, block: usize): usize {
  return block + dataPlaneBytes(job) * POINTS;
}
export function slotsOf(job: WinogradJob, block: usize): usize {
  return productsOf(job, block) + productPlaneBytes(job) * POINTS;
}
export function pixelsOf(job: WinogradJob, block: usize): usize {
  return slotsOf(job, block) + ((<usize>job.blockTiles) << 2);
}

export function blockBytes(g: Geometry2D, tiles: i32): f64 {
  const planes = planeBytes(dataRowBytes(g.inChannels), tiles) + planeBytes(productRowBytes(g), tiles);
  return partBytes(<f64>planes * POINTS + <f64>(tiles * 12));
}

/** The scratch of a thread: a padded image and its map of zeros, a tile's pixels, and NearZeros. */
export function mapOf(g: Geometry2D, thread: usize): usize {
  return thread + <usize>paddedBytes(g, 1);
}
export function patchOf(g: Geometry2D, thread: usize): usize {
  return mapOf(g, thread) + ((mapBytes(g) + 15) & ~15);
}
export function nearOf(g: Geometry2D, thread: usize): usize {
  return patchOf(g, thread) + patchBytes(g);
}

export function threadBytes(g: Geometry2D): f64 {
  return partBytes(<f64>nearOf(g, 0) + <f64>offsetof<NearZeros>());
}
