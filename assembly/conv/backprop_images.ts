/**
 * The gradient of a 2D convolution's input with the images of a batch interleaved: the rows of a register tile are the
 * same pixel of MR images, so that neither small images nor few channels leave a tile partly empty.
 *
 * What one column of dy adds to one row of dx is one GEMM: K runs over the filter rows that reach the row and the
 * output channels, N over the filter's columns and the input channels. Geometries are those of the forward convolution,
 * with a vertical stride of 1.
 */
import {gemmPanel, Order} from '../gemm/block';
import {A_STEP, B_STEP, packA, packBTransposed, panelRowBytes} from '../gemm/pack';
import {CONV_CHUNK_PRODUCTS} from '../threads/chunks';
import {ownPart, partBytes, partCount} from '../threads/parts';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {MR, NR} from '../tuning';
import {Geometry2D} from './geometry';
import {paddedBytes, unpadImage} from './source';

@unmanaged
class BackpropImagesJob {
  geometry: Geometry2D;
  dy: usize;
  packed: usize;
  dx: usize;
  parts: usize;
  partBytes: usize;
}

/** dx from dy and filter; scratch: backpropByImagesBytes() bytes. */
export function backpropByImages(g: Geometry2D, dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const job = jobOf<BackpropImagesJob>();
  job.geometry = g;
  job.dy = dy;
  job.packed = scratch;
  job.dx = dx;
  job.parts = scratch + <usize>packedFilterBytes(g);
  job.partBytes = <usize>ownBytes(g);
  packRotatedRows(g, filter, scratch);
  const ofGroup = <f64>MR * <f64>g.outPixels() * <f64>g.patchSize() * <f64>g.outChannels;
  const groups = (g.batchSize + MR - 1) / MR;
  parallel(groupsOfImages.index, groups, itemsOf(CONV_CHUNK_PRODUCTS, ofGroup), partCount(groups, ownBytes(g)));
}

/** The scratch that backpropByImages needs, in bytes. */
export function backpropByImagesBytes(g: Geometry2D): f64 {
  return packedFilterBytes(g) + <f64>partCount((g.batchSize + MR - 1) / MR, ownBytes(g)) * ownBytes(g);
}

function ownBytes(g: Geometry2D): f64 {
  return partBytes(panelsBytes(g) + paddedBytes(g, MR));
}

function groupsOfImages(first: i32, end: i32): void {
  const job = jobOf<BackpropImagesJob>();
  const g = job.geometry;
  const panels = ownPart(job.parts, job.partBytes);
  const buffer = panels + <usize>panelsBytes(g);
  const padded = g.needsPadding();
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  const outImageBytes = (<usize>(g.outPixels() * g.outChannels)) << 2;
  for (let i = first * MR; i < min(end * MR, g.batchSize); i += MR) {
    const images = min(MR, g.batchSize - i);
    const dx = job.dx + <usize>i * imageBytes;
    packImages(g, job.dy + <usize>i * outImageBytes, images, panels);
    const target = padded ? buffer : dx;
    memory.fill(target, 0, <usize>images * g.sourceImageBytes());
    // Pixels of dx outside the padded image are covered by no patch, and unpadImage does not write them.
    if (padded) memory.fill(dx, 0, <usize>images * imageBytes);
    for (let y = 0; y < g.paddedHeight(); y++)
      addToRow(g, y, panels, job.packed, target + <usize>y * g.sourceRowBytes(), images);
    for (let image = 0; padded && image < images; image++) {
      unpadImage(g, buffer + <usize>image * g.sourceImageBytes(), dx + <usize>image * imageBytes);
    }
  }
}

/** Accumulates row y of the padded dx of `images` images; `row` is its address in the first of them. */
function addToRow(g: Geometry2D, y: i32, panels: usize, packed: usize, row: usize, images: i32): void {
  const taps = g.filterHeight;
  const n = g.filterWidth * g.inChannels;
  const firstTap = max(0, y - g.outHeight + 1);
  const lastTap = min(y, taps - 1);
  const depth = (lastTap - firstTap + 1) * g.outChannels;
  const b = packed + <usize>((taps - 1 - lastTap) * g.outChannels) * B_STEP;
  const nextB = <usize>(taps * g.outChannels) * B_STEP;
  const ld = g.sourceImageBytes();
  let a = panels + <usize>((y - lastTap) * g.outChannels) * A_STEP;
  for (let x = 0; x < g.outWidth; x++) {
    let panel = b;
    for (let j = 0; j < n; j += NR) {
      const c = row + ((<usize>(x * g.strideWidth * g.inChannels + j)) << 2);
      gemmPanel(Order.Step, a, 0, A_STEP, panel, B_STEP, depth, c, ld, c, ld, images, min(NR, n - j));
      panel += nextB;
    }
    a += <usize>(g.outHeight * g.outChannels) * A_STEP;
  }
}

/** packed[column][row][channel][MR] of `images` <= MR images of dy: what one tile reads is contiguous. */
function packImages(g: Geometry2D, dy: usize, images: i32, packed: usize): void {
  const channels = g.outChannels;
  const imageBytes = (<usize>(g.outPixels() * channels)) << 2;
  const rowBytes = (<usize>(g.outWidth * channels)) << 2;
  for (let x = 0; x < g.outWidth; x++) {
    let from = dy + ((<usize>(x * channels)) << 2);
    for (let y = 0; y < g.outHeight; y++) {
      packA(from, imageBytes, images, channels, packed);
      from += rowBytes;
      packed += <usize>channels * A_STEP;
    }
  }
}

/** packed[panel of N][filter row, in reverse order][output channel][NR]. */
function packRotatedRows(g: Geometry2D, filter: usize, packed: usize): void {
  const channels = g.outChannels;
  const n = g.filterWidth * g.inChannels;
  const pixelBytes = (<usize>channels) << 2;
  for (let j = 0; j < n; j += NR) {
    for (let tap = g.filterHeight - 1; tap >= 0; tap--) {
      packBTransposed(filter + <usize>(tap * n + j) * pixelBytes, pixelBytes, channels, min(NR, n - j), packed);
      packed += <usize>channels * B_STEP;
    }
  }
}

function packedFilterBytes(g: Geometry2D): f64 {
  return <f64>g.filterHeight * <f64>g.outChannels * <f64>panelRowBytes(g.filterWidth * g.inChannels);
}

function panelsBytes(g: Geometry2D): f64 {
  return <f64>g.outPixels() * <f64>g.outChannels * <f64>A_STEP;
}
