/**
 * The gradient of a 2D convolution with respect to its filter: (patches of x) transposed times dy, the sum running
 * over all output pixels of all images. Dilations are 1, as tfjs has no gradient for others.
 */
import {gemmBlock, Order} from '../gemm/block';
import {B_STEP} from '../gemm/pack';
import {NR} from '../tuning';
import {
  batchSize, filterHeight, groupSize, inChannels, inHeight, inWidth, isSingleChannel, isWinograd, outChannels, outPixels,
  outWidth, paddedHeight, patchSize, sourceRowBytes, strideHeight, strideWidth,
} from './geometry';
import {
  clearPadding, copyFloats, fillPatches, fillPixelOffsets, paddedBytes, padImages, runSize,
} from './source';
import {singleChannelBytes, sumSingleChannel} from './single_channel';
import {winogradBackpropFilter, winogradBackpropFilterBytes} from './winograd/backprop_filter';

/**
 * dw = the gradient of the filter, HWIO float32, for the geometry in PARAMS; x and dy NHWC.
 *
 * scratch  conv2d_backprop_filter_f32_scratch_bytes() bytes
 *
 * Pixels of an image are summed in their order, images one after another.
 */
export function conv2d_backprop_filter_f32(x: usize, dy: usize, dw: usize, scratch: usize): void {
  if (isWinograd()) {
    winogradBackpropFilter(x, dy, dw, scratch);
    return;
  }
  // Sums are kept in rows of whole vectors, so that no tile needs its columns cut for each image anew.
  const ldSum = sumRowBytes();
  const sums = scratch;
  const offsets = sums + <usize>patchSize() * ldSum;
  memory.fill(sums, 0, <usize>patchSize() * ldSum);
  if (isSingleChannel()) sumSingleChannel(x, dy, sums, ldSum, offsets);
  else if (strideHeight() == 1) byFilterRows(x, dy, sums, ldSum, offsets);
  else byPatches(x, dy, sums, ldSum, offsets);
  for (let k = 0; k < patchSize(); k++) {
    copyFloats(sums + <usize>k * ldSum, dw + (<usize>(k * outChannels()) << 2), outChannels());
  }
}

/** The scratch that conv2d_backprop_filter_f32 needs for the geometry in PARAMS, in bytes. */
export function conv2d_backprop_filter_f32_scratch_bytes(): usize {
  if (isWinograd()) return winogradBackpropFilterBytes();
  const sumBytes = <usize>patchSize() * sumRowBytes();
  if (isSingleChannel()) return sumBytes + singleChannelBytes();
  if (strideHeight() == 1) return sumBytes + paddedBytes(1) + (<usize>(paddedHeight() * outWidth() * runSize()) << 2);
  const images = groupSize();
  return sumBytes + (<usize>(images * outPixels() * (1 + patchSize())) << 2) + paddedBytes(images);
}

/**
 * Patches of one filter row only, for every row of the image: those of filter row f are the same ones, f rows further
 * down, so that one copy serves all filter rows.
 */
function byFilterRows(x: usize, dy: usize, sums: usize, ldSum: usize, buffer: usize): void {
  const n = outChannels();
  const size = runSize();
  const patches = buffer + paddedBytes(1);
  const patchBytes = <usize>size << 2;
  const stepX = <usize>(strideWidth() * inChannels()) << 2;
  clearPadding(buffer, 1);
  for (let i = 0; i < batchSize(); i++) {
    const source = padImages(x, 1, buffer);
    let to = patches;
    for (let r = 0; r < paddedHeight(); r++) {
      let from = source + <usize>r * sourceRowBytes();
      for (let c = 0; c < outWidth(); c++) {
        copyFloats(from, to, size);
        from += stepX;
        to += patchBytes;
      }
    }
    for (let f = 0; f < filterHeight(); f++) {
      const a = patches + <usize>(f * outWidth()) * patchBytes;
      const c = sums + <usize>(f * size) * ldSum;
      gemmBlock(
        Order.Step, a, 4, patchBytes, dy, B_STEP, <usize>n << 2, outPixels(), c, ldSum, c, ldSum, size,
        wholePanels(),
      );
    }
    x += imageBytes();
    dy += <usize>(n * outPixels()) << 2;
  }
}

/** Whole patches of a group of images after another: K runs over all of their pixels. */
function byPatches(x: usize, dy: usize, sums: usize, ldSum: usize, pixels: usize): void {
  const m = patchSize();
  const n = outChannels();
  const images = groupSize();
  const buffer = pixels + (<usize>(images * outPixels()) << 2);
  const patches = buffer + paddedBytes(images);
  const stepA = <usize>m << 2;
  const stepB = <usize>n << 2;
  fillPixelOffsets(pixels, images);
  clearPadding(buffer, images);
  for (let i = 0; i < batchSize(); i += images) {
    const count = min(images, batchSize() - i);
    const k = count * outPixels();
    fillPatches(padImages(x, count, buffer), pixels, k, patches);
    gemmBlock(Order.Step, patches, 4, stepA, dy, B_STEP, stepB, k, sums, ldSum, sums, ldSum, m, wholePanels());
    x += imageBytes() * count;
    dy += stepB * k;
  }
}

function imageBytes(): usize {
  return <usize>(inHeight() * inWidth() * inChannels()) << 2;
}

/** Columns of dy, rounded up to whole panels; what lies beyond a row is summed too, but not handed out. */
function wholePanels(): i32 {
  return (outChannels() + NR - 1) / NR * NR;
}

function sumRowBytes(): usize {
  return <usize>wholePanels() << 2;
}
