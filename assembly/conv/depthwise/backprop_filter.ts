/**
 * The gradient of a depthwise 2D convolution with respect to its filter: for each tap the products of dy and what the
 * tap reads, summed over all output pixels of all images. Dilations are 1.
 */
import {CONV_CHUNK_PRODUCTS} from '../../threads/chunks';
import {isFirstChunk, ownPart, partBytes, partCount} from '../../threads/parts';
import {itemsOf, jobOf, parallel} from '../../threads/pool';
import {Geometry2D} from '../geometry';
import {copyFloats} from '../source';
import {
  fillInputStrip,
  fillPixels,
  fillTaps,
  inputPlaneBytes,
  inputRowBytes,
  inputStripBytes,
  outRowsOfStrip,
} from './forward';
import {depthwise_tile_in_place_f32, TILE_COLUMNS, TILE_ROWS} from './micro';
import {depthwise_taps_f32} from './row';
import {blockChannels, multiplier, PIXEL_BYTES, planeCount, tableBytes, toTerms} from './strip';

@unmanaged
class DepthwiseFilterJob {
  geometry: Geometry2D;
  x: usize;
  dy: usize;
  sums: usize;
  pixels: usize;
  taps: usize;
  parts: usize;
  partBytes: usize;
}

/**
 * dw = the gradient of the filter, HWCM float32; x and dy NHWC.
 *
 * geometry  a Geometry2DWords, of the forward convolution; paddings may be negative
 * scratch   depthwise_conv2d_backprop_filter_f32_scratch_bytes() bytes
 *
 * The pixels of a strip (of a row of it for a 3x3 filter) are summed in their order, then these sums in theirs, so that
 * no sum is long.
 */
export function depthwise_conv2d_backprop_filter_f32(
  x: usize,
  dy: usize,
  dw: usize,
  geometry: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry2D>(geometry);
  const job = jobOf<DepthwiseFilterJob>();
  const outPixel = (<usize>g.outChannels) << 2;
  const block = blockChannels(g);
  job.geometry = g;
  job.x = x;
  job.dy = dy;
  job.sums = scratch;
  job.pixels = job.sums + allSumBytes(g);
  job.taps = job.pixels + tableBytes(outRowsOfStrip(g) * g.outWidth);
  job.parts = job.taps + tableBytes(g.filterHeight * g.filterWidth);
  job.partBytes = <usize>partBytes(<f64>inputStripBytes(g));
  memory.fill(job.sums, 0, allSumBytes(g));
  if (!is3x3(g)) {
    toTerms(job.pixels, fillPixels(g, job.pixels, outRowsOfStrip(g), outPixel));
    fillTaps(g, job.taps, PIXEL_BYTES);
  }
  const ofBlock = <f64>g.batchSize * <f64>g.outPixels() * <f64>(g.filterHeight * g.filterWidth) * <f64>block;
  parallel(sumBlocks.index, blockCount(g), itemsOf(CONV_CHUNK_PRODUCTS, ofBlock), partsOf(g));
  handOut(g, job.sums, dw);
}

/** Sums blocks of channels over all images. */
function sumBlocks(first: i32, end: i32): void {
  const job = jobOf<DepthwiseFilterJob>();
  const g = job.geometry;
  const n = g.outChannels;
  const m = multiplier(g);
  const block = blockChannels(g);
  const stripRows = outRowsOfStrip(g);
  const taps = g.filterHeight * g.filterWidth;
  const outPixel = (<usize>n) << 2;
  const strip = ownPart(job.parts, job.partBytes);
  if (isFirstChunk()) memory.fill(strip, 0, inputStripBytes(g));
  for (let i = 0; i < g.batchSize; i++) {
    const x = job.x + ((<usize>i * <usize>(g.inHeight * g.inWidth * g.inChannels)) << 2);
    const dy = job.dy + <usize>i * (<usize>g.outPixels() * outPixel);
    for (let r = 0; r < g.outHeight; r += stripRows) {
      const rows = min(stripRows, g.outHeight - r);
      for (let b = first; b < end; b++) {
        const c = b * block;
        const channels = min(block, n - c);
        const sums = job.sums + <usize>b * sumBytes(g, block);
        const gradient = dy + <usize>(r * g.outWidth) * outPixel + ((<usize>c) << 2);
        fillInputStrip(g, x + ((<usize>(c / m)) << 2), strip, r, rows, channels);
        if (is3x3(g)) sumTaps3x3(g, strip, gradient, outPixel, rows, channels, sums);
        else sumTaps(g, job.taps, taps, job.pixels, rows * g.outWidth, strip, gradient, channels, sums);
      }
    }
  }
}

function is3x3(g: Geometry2D): bool {
  return g.filterHeight == 3 && g.filterWidth == 3;
}

/** The scratch that depthwise_conv2d_backprop_filter_f32 needs, in bytes. */
export function depthwise_conv2d_backprop_filter_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry2D>(geometry);
  const tables = tableBytes(outRowsOfStrip(g) * g.outWidth) + tableBytes(g.filterHeight * g.filterWidth);
  return <f64>(allSumBytes(g) + tables) + <f64>partsOf(g) * partBytes(<f64>inputStripBytes(g));
}

function blockCount(g: Geometry2D): i32 {
  return (g.outChannels + blockChannels(g) - 1) / blockChannels(g);
}

function partsOf(g: Geometry2D): i32 {
  return partCount(blockCount(g), partBytes(<f64>inputStripBytes(g)));
}

/** Adds the products of a strip to the sums of all taps. */
function sumTaps(
  g: Geometry2D,
  tapTable: usize,
  taps: i32,
  pixelTable: usize,
  pixels: i32,
  strip: usize,
  dy: usize,
  channels: i32,
  sums: usize,
): void {
  for (let k = planeCount(channels); k > 0; k--) {
    for (let t = 0; t < taps; t += TILE_ROWS) {
      depthwise_tile_in_place_f32(
        tapTable + ((<usize>t) << 3),
        min(TILE_ROWS, taps - t),
        pixelTable,
        pixels,
        strip,
        dy,
        sums,
      );
    }
    strip += inputPlaneBytes(g);
    dy += PIXEL_BYTES;
    sums += <usize>taps * PIXEL_BYTES;
  }
}

/** The same for a filter of 3x3. */
function sumTaps3x3(
  g: Geometry2D,
  strip: usize,
  dy: usize,
  outPixel: usize,
  rows: i32,
  channels: i32,
  sums: usize,
): void {
  const plane = inputPlaneBytes(g);
  const row = inputRowBytes(g);
  const step = PIXEL_BYTES * g.strideWidth;
  while (rows > 0) {
    let x = strip;
    let gradient = dy;
    let s = sums;
    for (let k = planeCount(channels); k > 0; k--) {
      depthwise_taps_f32(x, row, step, gradient, outPixel, g.outWidth, s);
      depthwise_taps_f32(x + 16, row, step, gradient + 16, outPixel, g.outWidth, s + 16);
      x += plane;
      gradient += PIXEL_BYTES;
      s += 9 * PIXEL_BYTES;
    }
    strip += row * g.strideHeight;
    dy += <usize>g.outWidth * outPixel;
    rows--;
  }
}

/** Bytes of the sums of a block: all taps of each of its planes. */
function sumBytes(g: Geometry2D, channels: i32): usize {
  return <usize>(planeCount(channels) * g.filterHeight * g.filterWidth) * PIXEL_BYTES;
}

function allSumBytes(g: Geometry2D): usize {
  const block = blockChannels(g);
  return <usize>(g.outChannels / block) * sumBytes(g, block) + sumBytes(g, g.outChannels % block);
}

/** Copies the sums to dw. */
function handOut(g: Geometry2D, sums: usize, dw: usize): void {
  const n = g.outChannels;
  const block = blockChannels(g);
  const taps = g.filterHeight * g.filterWidth;
  for (let c = 0; c < n; c += block) {
    const end = min(n, c + block);
    for (let j = c; j < end; j += TILE_COLUMNS) {
      for (let t = 0; t < taps; t++) {
        copyFloats(sums, dw + ((<usize>(t * n + j)) << 2), min(TILE_COLUMNS, end - j));
        sums += PIXEL_BYTES;
      }
    }
  }
}
