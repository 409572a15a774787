/**
 * The 2D convolution with the images of a batch interleaved: the rows of a register tile are the same output pixel of
 * MR images, and K runs over the whole patch by a table of tap offsets. So no tile has empty rows at the end of an
 * image's row, and K is not split by the rows of the filter.
 */
import {activateFloats} from '../elementwise/in_place';
import {gemmBlock, Order} from '../gemm/block';
import {gemm_f32_table_x8} from '../gemm/micro/table';
import {A_STEP, B_STEP, packA} from '../gemm/pack';
import {ZEROS} from '../memory';
import {isFirstChunk, ownPart} from '../threads/parts';
import {jobOf} from '../threads/pool';
import {MR} from '../tuning';
import {ForwardJob} from './forward_job';
import {Geometry2D} from './geometry';
import {fillTapOffsets} from './source';

/** A tile stores eight columns: with fewer channels than this, it could write past the end of the next pixel. */
export const MIN_CHANNELS: i32 = 4;

/** taps[k] = the byte offset of element k of a patch, where each float is one of MR images. */
export function fillScaledTaps(g: Geometry2D, taps: usize): void {
  fillTapOffsets(g, taps);
  for (let t = 0; t < g.patchSize(); t++) {
    store<u32>(taps + ((<usize>t) << 2), load<u32>(taps + ((<usize>t) << 2)) * MR);
  }
}

/** A chunk of a ForwardJob: groups of MR images. */
export function forwardByImages(first: i32, end: i32): void {
  const job = jobOf<ForwardJob>();
  const g = job.geometry;
  const n = g.outChannels;
  const panels = ownPart(job.parts, job.partBytes);
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  const ldc = (<usize>(g.outPixels() * n)) << 2;
  const rowBytes = (<usize>n) << 2;
  if (isFirstChunk()) memory.fill(panels, 0, <usize>forwardByImagesBytes(g));
  for (let i = first * MR; i < min(end * MR, g.batchSize); i += MR) {
    const images = min(MR, g.batchSize - i);
    const y = job.y + <usize>i * ldc;
    packImages(g, job.x + <usize>i * imageBytes, images, panels);
    for (let r = 0; r < g.outHeight; r++) {
      const c = y + <usize>(r * g.outWidth) * rowBytes;
      rowOfPixels(
        job,
        g,
        panels + <usize>(r * g.strideHeight) * g.sourceRowBytes() * MR,
        c,
        r == g.outHeight - 1,
        images,
      );
      if (job.activates) activateRow(g, c, ldc, images);
    }
  }
}

/** One row of output pixels of `images` images. */
function rowOfPixels(job: ForwardJob, g: Geometry2D, a: usize, c: usize, isLast: bool, images: i32): void {
  const k = g.patchSize();
  const n = g.outChannels;
  const ldc = (<usize>(g.outPixels() * n)) << 2;
  const rowBytes = (<usize>n) << 2;
  const stepA = <usize>(g.strideWidth * g.inChannels) * A_STEP;
  const firstStart = job.bias ? job.bias : ZEROS;
  const nextStart: usize = job.bias ? B_STEP : 0;
  // What a tile writes past the channels of a pixel is overwritten by the next pixel. Only an image's last pixel needs
  // partial stores: with partial stores for all pixels, 28x28x1, 5x5 to 6 falls from 34 to 27 GFLOP/s.
  const whole = isLast ? g.outWidth - 1 : g.outWidth;
  for (let column = 0; column < whole; column++) {
    let panel = job.packed;
    let start = firstStart;
    for (let j: usize = 0; j < rowBytes; j += B_STEP) {
      gemm_f32_table_x8(a, job.shared, panel, B_STEP, k, start, 0, c + j, ldc, images);
      panel += <usize>k * B_STEP;
      start += nextStart;
    }
    a += stepA;
    c += rowBytes;
  }
  if (!isLast) return;
  gemmBlock(Order.Table, a, 0, job.shared, job.packed, <usize>k * B_STEP, B_STEP, k, firstStart, 0, c, ldc, images, n);
}

/** Bytes of MR images, with their padding, in the order in which tiles read them. */
export function forwardByImagesBytes(g: Geometry2D): f64 {
  const height = g.needsPadding() ? g.paddedHeight() : g.inHeight;
  const width = g.needsPadding() ? g.paddedWidth() : g.inWidth;
  return <f64>height * <f64>width * <f64>g.inChannels * <f64>A_STEP;
}

/** The relu of one output row of `images` images, while it is in the first-level cache. */
function activateRow(g: Geometry2D, y: usize, imageBytes: usize, images: i32): void {
  for (; images > 0; images--) {
    activateFloats(y, g.outWidth * g.outChannels);
    y += imageBytes;
  }
}

/** packed[row][column][channel][MR] of `images` <= MR images of x; the padding around them is not written. */
export function packImages(g: Geometry2D, x: usize, images: i32, packed: usize): void {
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  const rowBytes = (<usize>(g.inWidth * g.inChannels)) << 2;
  const floats = max(0, min(g.inWidth, g.paddedWidth() - g.padLeft)) * g.inChannels;
  const rows = max(0, min(g.inHeight, g.paddedHeight() - g.padTop));
  let to = packed + <usize>g.padTop * g.sourceRowBytes() * MR + <usize>(g.padLeft * g.inChannels) * A_STEP;
  for (let row = 0; row < rows; row++) {
    packA(x, imageBytes, images, floats, to);
    x += rowBytes;
    to += g.sourceRowBytes() * MR;
  }
}
