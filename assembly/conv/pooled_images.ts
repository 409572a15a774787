/**
 * The 2D convolution, its relu and the max pool of that, with the images of a batch interleaved as in forward_images.ts:
 * the four pixels of a window follow one another, and only the largest is stored.
 */
import {storeColumns} from '../gemm/block';
import {gemm_f32_table_pooled_x8} from '../gemm/micro/table';
import {A_STEP, B_STEP, packB} from '../gemm/pack';
import {fixedScratch, ZEROS} from '../memory';
import {CONV_CHUNK_PRODUCTS} from '../threads/chunks';
import {isFirstChunk, ownPart, partCount} from '../threads/parts';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {MR, NR} from '../tuning';
import {groupsOfImages, imagesPartBytes, packedFilterBytes} from './forward';
import {fillScaledTaps, forwardByImagesBytes, packImages} from './forward_images';
import {ForwardJob} from './forward_job';
import {Geometry2D} from './geometry';

/** Where in fixedScratch a row of -Infinity is, after the tile of an image's last pixel. */
const LEAST: usize = 512;

/**
 * max_pool_f32 of conv2d_f32 with a relu, for windows of 2x2 pixels, two pixels apart, without padding; and the same bits.
 * Of an odd number of rows or columns the last is in no window.
 *
 * y         outHeight / 2 x outWidth / 2 pixels for each image
 * geometry  a Geometry2DWords of the convolution, for which conv2d_path() is `images`
 * scratch   conv2d_f32_scratch_bytes() bytes
 *
 * The other arguments are those of conv2d_f32.
 */
export function conv2d_max_pool_f32(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  geometry: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry2D>(geometry);
  packB(filter, (<usize>g.outChannels) << 2, g.patchSize(), g.outChannels, scratch);
  const job = jobOf<ForwardJob>();
  job.geometry = g;
  job.x = x;
  job.packed = scratch;
  job.bias = bias;
  job.y = y;
  job.shared = scratch + <usize>packedFilterBytes(g);
  job.parts = job.shared + ((<usize>g.patchSize()) << 2);
  job.partBytes = <usize>imagesPartBytes(g);
  fillScaledTaps(g, job.shared);
  const ofImage = <f64>g.outPixels() * <f64>g.patchSize() * <f64>g.outChannels;
  const groups = groupsOfImages(g);
  const parts = partCount(groups, imagesPartBytes(g));
  parallel(poolImages.index, groups, itemsOf(CONV_CHUNK_PRODUCTS, ofImage * MR), parts);
}

/** A chunk: groups of MR images. */
function poolImages(first: i32, end: i32): void {
  const job = jobOf<ForwardJob>();
  const g = job.geometry;
  const n = g.outChannels;
  const rows = g.outHeight >> 1;
  const columns = g.outWidth >> 1;
  const panels = ownPart(job.parts, job.partBytes);
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  const ldc = (<usize>(rows * columns * n)) << 2;
  const step = <usize>(g.strideWidth * g.inChannels) * A_STEP;
  const rowStep = <usize>g.strideHeight * g.sourceRowBytes() * MR;
  if (isFirstChunk()) memory.fill(panels, 0, <usize>forwardByImagesBytes(g));
  v128.store(fixedScratch + LEAST, f32x4.splat(-Infinity));
  v128.store(fixedScratch + LEAST, f32x4.splat(-Infinity), 16);
  for (let i = first * MR; i < min(end * MR, g.batchSize); i += MR) {
    const images = min(MR, g.batchSize - i);
    packImages(g, job.x + <usize>i * imageBytes, images, panels);
    let y = job.y + <usize>i * ldc;
    for (let r = 0; r < rows; r++) {
      let a = panels + <usize>r * 2 * rowStep;
      for (let c = 0; c < columns; c++) {
        poolWindow(job, a, step, rowStep, y, ldc, images, r == rows - 1 && c == columns - 1);
        a += 2 * step;
        y += (<usize>n) << 2;
      }
    }
  }
}

/** One window of `images` images. What its tiles write past a pixel's channels, the next pixel overwrites, if it is not the last. */
function poolWindow(
  job: ForwardJob,
  a: usize,
  step: usize,
  rowStep: usize,
  y: usize,
  ldc: usize,
  images: i32,
  isLast: bool,
): void {
  const k = job.geometry.patchSize();
  const n = job.geometry.outChannels;
  const below = a + rowStep;
  const taps = job.shared;
  let panel = job.packed;
  let start = job.bias ? job.bias : ZEROS;
  for (let j = 0; j < n; j += NR) {
    const isCut = isLast && n - j < NR;
    const to = isCut ? fixedScratch : y;
    const ld = isCut ? B_STEP : ldc;
    gemm_f32_table_pooled_x8(a, taps, panel, k, start, fixedScratch + LEAST, 0, to, ld, images);
    gemm_f32_table_pooled_x8(a + step, taps, panel, k, start, to, ld, to, ld, images);
    gemm_f32_table_pooled_x8(below, taps, panel, k, start, to, ld, to, ld, images);
    gemm_f32_table_pooled_x8(below + step, taps, panel, k, start, to, ld, to, ld, images);
    if (isCut) storeColumns(to, y, ldc, images, n - j);
    panel += <usize>k * B_STEP;
    start += job.bias ? B_STEP : 0;
    y += B_STEP;
  }
}
