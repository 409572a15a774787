/**
 * The 2D convolution as a product that is never laid out: rows of A are the patches of output pixels, read where they
 * are in the (padded) image; B is the filter, which HWIO stores as the K x N matrix that is wanted.
 */
import {activateFloats} from '../elementwise/in_place';
import {gemmPanel, Order, storeColumns} from '../gemm/block';
import {gemm_f32, gemm_f32_scratch_bytes} from '../gemm/driver';
import {B_STEP, packB} from '../gemm/pack';
import {ZEROS} from '../memory';
import {CONV_BY_IMAGES_MAX_RUN, CONV_MIN_RUN, MR, NR} from '../tuning';
import {
  batchSize, groupSize, inChannels, inHeight, inWidth, isPointwise, isSingleChannel, isWinograd, outChannels, outHeight,
  outPixels, outWidth, patchSize, sourceRowBytes, strideHeight,
} from './geometry';
import {
  clearPadding, fillPatches, fillPixelOffsets, fillTapOffsets, paddedBytes, padImages, runCount, runOffset, runSize,
} from './source';
import {forwardByImages, forwardByImagesBytes, MIN_CHANNELS} from './forward_images';
import {winogradForward, winogradForwardBytes} from './winograd/forward';

/**
 * y = x * filter + bias, float32, NHWC and HWIO, for the geometry in PARAMS; with `activates` its relu.
 *
 * bias     outC floats, or 0
 * scratch  conv2d_f32_scratch_bytes() bytes
 *
 * y may not overlap the inputs. The sum of a pixel runs over filter rows, columns, channels in this order.
 */
export function conv2d_f32(x: usize, filter: usize, bias: usize, activates: bool, y: usize, scratch: usize): void {
  if (isPointwise()) {
    const m = batchSize() * outPixels();
    gemm_f32(x, filter, y, m, outChannels(), inChannels(), false, false, bias, scratch);
    if (activates) activateFloats(y, m * outChannels());
    return;
  }
  if (isWinograd()) {
    winogradForward(x, filter, bias, activates, y, scratch);
    return;
  }
  packB(filter, <usize>outChannels() << 2, patchSize(), outChannels(), scratch);
  const offsets = scratch + packedFilterBytes();
  if (isByImages()) forwardByImages(x, scratch, bias, activates, y, offsets);
  else if (isSingleChannel()) singleChannel(x, scratch, bias, activates, y, offsets);
  else byPixels(x, scratch, bias, activates, y, offsets);
}

/** The scratch that conv2d_f32 needs for the geometry in PARAMS, in bytes. */
export function conv2d_f32_scratch_bytes(): usize {
  if (isPointwise()) {
    return gemm_f32_scratch_bytes(batchSize() * outPixels(), outChannels(), inChannels(), false);
  }
  if (isWinograd()) return winogradForwardBytes();
  if (isByImages()) return packedFilterBytes() + forwardByImagesBytes();
  if (isSingleChannel()) return packedFilterBytes() + (<usize>patchSize() << 2) + paddedBytes(1);
  const images = groupSize();
  const offsetBytes = <usize>(images * outPixels()) << 2;
  return packedFilterBytes() + offsetBytes + paddedBytes(images) + patchBytes(images) + tailBytes(images);
}

/** Whether a patch is of short runs, and there are images enough to fill a tile's rows. */
function isByImages(): bool {
  return runSize() < CONV_BY_IMAGES_MAX_RUN && runCount() > 1 && batchSize() >= MR && outChannels() >= MIN_CHANNELS;
}

/** One channel: the pixels of a tile are neighbours, so A(i, k) is at row + taps[k] + 4 * i. */
function singleChannel(x: usize, packed: usize, bias: usize, activates: bool, y: usize, taps: usize): void {
  const k = patchSize();
  const n = outChannels();
  const ldc = <usize>n << 2;
  const buffer = taps + (<usize>k << 2);
  fillTapOffsets(taps);
  clearPadding(buffer, 1);
  const imageBytes = <usize>(inHeight() * inWidth()) << 2;
  for (let i = 0; i < batchSize(); i++) {
    let row = padImages(x, 1, buffer);
    for (let r = 0; r < outHeight(); r++) {
      for (let j = 0; j < n; j += NR) {
        const column = <usize>j << 2;
        const start = bias ? bias + column : ZEROS;
        const panel = packed + column * k;
        gemmPanel(
          Order.Table, row, 4, taps, panel, B_STEP, k, start, 0, y + column, ldc, outWidth(), min(NR, n - j),
        );
      }
      if (activates) activateFloats(y, outWidth() * n);
      row += sourceRowBytes() * strideHeight();
      y += ldc * outWidth();
    }
    x += imageBytes;
  }
}

/** Any number of channels: a group of images at a time, one product for each run of a patch, or for whole patches. */
function byPixels(x: usize, packed: usize, bias: usize, activates: bool, y: usize, pixels: usize): void {
  const n = outChannels();
  const ldc = <usize>n << 2;
  const images = groupSize();
  const buffer = pixels + (<usize>(images * outPixels()) << 2);
  const patches = buffer + paddedBytes(images);
  const tail = patches + patchBytes(images);
  const usesPatches = mustCopyPatches();
  const runs = usesPatches ? 1 : runCount();
  const depth = usesPatches ? patchSize() : runSize();
  const imageBytes = <usize>(inHeight() * inWidth() * inChannels()) << 2;
  fillPixelOffsets(pixels, images);
  clearPadding(buffer, images);
  for (let i = 0; i < batchSize(); i += images) {
    const count = min(images, batchSize() - i);
    const m = count * outPixels();
    const source = padImages(x, count, buffer);
    if (usesPatches) fillPatches(source, pixels, m, patches);
    for (let j = 0; j < n; j += NR) {
      const column = <usize>j << 2;
      const columns = min(NR, n - j);
      // The last columns are summed up in rows of whole vectors, and cut once: cutting the tiles of every run takes
      // 14x14x6's input gradient from 27 to 19 GFLOP/s.
      const cut = columns != NR && columns != 4 && runs > 1;
      const c = cut ? tail : y + column;
      const ld = cut ? B_STEP : ldc;
      let panel = packed + column * patchSize();
      let start = bias ? bias + column : ZEROS;
      let ldStart: usize = 0;
      for (let r = 0; r < runs; r++) {
        const width = cut ? NR : columns;
        if (usesPatches) {
          const lda = <usize>depth << 2;
          gemmPanel(Order.Rows, patches, lda, lda, panel, B_STEP, depth, start, ldStart, c, ld, m, width);
        } else {
          const from = source + runOffset(r);
          gemmPanel(Order.Pixels, pixels, 4, from, panel, B_STEP, depth, start, ldStart, c, ld, m, width);
        }
        start = c;
        ldStart = ld;
        panel += B_STEP * depth;
      }
      if (cut) storeColumns(tail, y + column, ldc, m, columns);
    }
    // Now that it is in a near cache: in a pass of its own it would come from memory.
    if (activates) activateFloats(y, m * n);
    x += imageBytes * count;
    y += ldc * m;
  }
}

/** Short runs leave a micro-kernel little to do between its loads and stores of C. */
function mustCopyPatches(): bool {
  return runSize() < CONV_MIN_RUN && runCount() > 1;
}

function patchBytes(images: i32): usize {
  return mustCopyPatches() ? <usize>(images * outPixels() * patchSize()) << 2 : 0;
}

/** One panel of the output of a group. */
function tailBytes(images: i32): usize {
  return outChannels() % NR == 0 ? 0 : <usize>(images * outPixels()) * B_STEP;
}

function packedFilterBytes(): usize {
  return <usize>((outChannels() + NR - 1) / NR * patchSize()) * B_STEP;
}
