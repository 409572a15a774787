/**
 * The gradient of a 2D convolution's filter by minimal filtering, F(r, m): the filter is the output tile, and tiles of
 * dy take the place of the filter. The data transform is that of the convolution. Products are summed over all tiles
 * before the one output transform.
 */
import {gemmBlock, Order} from '../../gemm/block';
import {B_STEP} from '../../gemm/pack';
import {ownPart, partBytes, partCount} from '../../threads/parts';
import {jobOf, noteChunks, parallel} from '../../threads/pool';
import {Geometry2D} from '../geometry';
import {clearPadding, copyFloats, paddedBytes} from '../source';
import {dataRowBytes, gatherData, POINTS, patchBytes, planeBytes, productRowBytes, tileBytes} from './gather';
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
import {transformKernel, transformOutput} from './transform';
import {allTaps, gradientPixels, restoreZeroTaps, tapsThatMeet} from './zeros';

@unmanaged
class WinogradFilterJob {
  geometry: Geometry2D;
  x: usize;
  dy: usize;
  dw: usize;
  /** The sums of each of the 36 points, and the bytes from one to the next. */
  sums: usize;
  sumPlane: usize;
  parts: usize;
  partBytes: usize;
  /** The taps that were seen to meet something, by the thread with the first channels. */
  met: u32;
}

/**
 * dw = the gradient of the filter, as conv2d_backprop_filter_f32 defines it, for isWinograd() geometries.
 *
 * scratch  winogradBackpropFilterBytes() bytes
 *
 * Threads divide the input channels: each transforms its own of x, and all of dy, so that no thread waits for another.
 */
export function winogradBackpropFilter(g: Geometry2D, x: usize, dy: usize, dw: usize, scratch: usize): void {
  const job = jobOf<WinogradFilterJob>();
  job.geometry = g;
  job.x = x;
  job.dy = dy;
  job.dw = dw;
  job.sums = scratch;
  job.sumPlane = planeBytes(productRowBytes(g), g.inChannels);
  job.parts = scratch + job.sumPlane * POINTS;
  job.partBytes = <usize>ownBytes(g);
  job.met = 0;
  noteChunks(sliceCount(g));
  parallel(sumSlices.index, sliceCount(g), slicesOfChunk(g), partsOf(g));
  restoreZeroTaps(g, job.met, dw);
}

/** Channels whose transform a thread has a part of, at least: two vectors. */
const SLICE: i32 = 8;

function sliceCount(g: Geometry2D): i32 {
  return (g.inChannels + SLICE - 1) / SLICE;
}

function partsOf(g: Geometry2D): i32 {
  return partCount(sliceCount(g), bytesOfSlices(g, sliceCount(g)));
}

/** As few chunks as there are parts, since each transforms dy. */
function slicesOfChunk(g: Geometry2D): i32 {
  return (sliceCount(g) + partsOf(g) - 1) / partsOf(g);
}

/** The gradients of the input channels of some slices. */
function sumSlices(firstSlice: i32, endSlice: i32): void {
  const job = jobOf<WinogradFilterJob>();
  const g = job.geometry;
  const firstChannel = firstSlice * SLICE;
  const channels = min(endSlice * SLICE, g.inChannels) - firstChannel;
  const size = g.winogradTile();
  const columns = tileColumns(g, size);
  const block = blockRows(g, blockTiles(g), size);
  const ldData = dataRowBytes(channels);
  const ldKernel = productRowBytes(g);
  const dataPlane = planeBytes(ldData, block * columns);
  const kernelPlane = planeBytes(ldKernel, block * columns);
  const data = ownPart(job.parts, job.partBytes);
  const kernels = data + dataPlane * POINTS;
  const patch = kernels + kernelPlane * POINTS;
  const padded = patch + patchBytes(g);
  const slots = padded + <usize>paddedBytes(g, 1);
  const pixels = slots + ((<usize>(block * columns)) << 2);
  const map = pixels + ((<usize>(block * columns)) << 3);
  const sums = job.sums + <usize>firstChannel * ldKernel;
  let met: u32 = firstChannel == 0 ? 0 : allTaps(g);
  for (let point = 0; point < POINTS; point++) {
    memory.fill(sums + <usize>point * job.sumPlane, 0, <usize>channels * ldKernel);
  }
  clearPadding(g, padded, 1);
  for (let first = 0; first < allRows(g, size); first += block) {
    const rows = min(block, allRows(g, size) - first);
    const whole = wholeRows(g, first, rows, size);
    const isSearching = met != allTaps(g);
    const firstTile = first * columns;
    const tiles = rows * columns;
    const mapOrNone = isSearching ? map : 0;
    fillSlots(g, slots, first, rows, size);
    gatherData(
      g,
      job.x,
      firstTile,
      tiles,
      size,
      firstChannel,
      channels,
      slots,
      data,
      dataPlane,
      padded,
      pixels,
      mapOrNone,
    );
    for (let t = 0; t < tiles; t++) {
      const slot = <usize>load<i32>(slots + ((<usize>t) << 2));
      const at = tileAt(g, job.dy, firstTile + t, size);
      gatherGradient(g, at, firstTile + t, size, kernels + slot * ldKernel, kernelPlane);
      if (isSearching && met != allTaps(g)) {
        met |= tapsThatMeet(g, load<u64>(pixels + ((<usize>t) << 3)), pixelsOf(g, at, firstTile + t, size));
      }
    }
    for (let point = 0; point < POINTS; point++) {
      const from = <usize>firstSlot(g, point, whole, size);
      const sum = sums + <usize>point * job.sumPlane;
      gemmBlock(
        Order.Step,
        data + <usize>point * dataPlane + from * ldData,
        4,
        ldData,
        kernels + <usize>point * kernelPlane + from * ldKernel,
        B_STEP,
        ldKernel,
        endSlot(g, point, whole, rows, size) - <i32>from,
        sum,
        ldKernel,
        sum,
        ldKernel,
        channels,
        <i32>(ldKernel >> 2),
      );
    }
  }
  for (let k = 0; k < channels; k++) {
    const dw = job.dw + ((<usize>((firstChannel + k) * g.outChannels)) << 2);
    putGradient(g, sums + <usize>k * ldKernel, job.sumPlane, dw, patch);
  }
  if (firstChannel == 0) job.met = met;
}

/** The scratch that winogradBackpropFilter needs, in bytes. */
export function winogradBackpropFilterBytes(g: Geometry2D): f64 {
  const sums = <f64>planeBytes(productRowBytes(g), g.inChannels) * POINTS;
  return sums + <f64>partsOf(g) * ownBytes(g);
}

function ownBytes(g: Geometry2D): f64 {
  return bytesOfSlices(g, slicesOfChunk(g));
}

/** Bytes of what a thread with so many slices has: all of a block, and an image with its padding. */
function bytesOfSlices(g: Geometry2D, slices: i32): f64 {
  const size = g.winogradTile();
  const tiles = blockRows(g, blockTiles(g), size) * tileColumns(g, size);
  const channels = min(g.inChannels, slices * SLICE);
  const planes = planeBytes(dataRowBytes(channels), tiles) + planeBytes(productRowBytes(g), tiles);
  return partBytes(<f64>planes * POINTS + <f64>(patchBytes(g) + tileBytes(g, tiles)) + paddedBytes(g, 1));
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
