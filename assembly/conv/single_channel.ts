/**
 * The filter gradient where the input has one channel and the horizontal stride is 1, for the geometry in PARAMS: what a
 * tap reads along an output row is a row of floats in the image, and is read where it is.
 */
import {gemm_f32_pixels_5x8} from '../gemm/micro';
import {B_STEP} from '../gemm/pack';
import {
  batchSize, inHeight, inWidth, outChannels, outHeight, outWidth, patchSize, sourceRowBytes, strideHeight,
} from './geometry';
import {clearPadding, fillTapOffsets, paddedBytes, padImages} from './source';

/**
 * Rows of a tile: of 9 and 25 taps, five at a time leave fewer rows empty than six. 28x28x1, 3x3 to 32: 41 instead of 32
 * GFLOP/s; 5x5 to 6: 34 instead of 28.
 */
// @ts-ignore: decorator
@inline
const ROWS: i32 = 5;

/** Adds the gradient of every tap to sums, patchSize() rows ldSum bytes apart; scratch: singleChannelBytes(). */
export function sumSingleChannel(x: usize, dy: usize, sums: usize, ldSum: usize, scratch: usize): void {
  const taps = scratch;
  const buffer = taps + (<usize>patchSize() << 2);
  const ldb = <usize>outChannels() << 2;
  fillTapOffsets(taps);
  clearPadding(buffer, 1);
  for (let i = 0; i < batchSize(); i++) {
    let row = padImages(x, 1, buffer);
    for (let r = 0; r < outHeight(); r++) {
      addRow(taps, row, dy, ldb, sums, ldSum);
      row += sourceRowBytes() * strideHeight();
      dy += ldb * outWidth();
    }
    x += <usize>(inHeight() * inWidth()) << 2;
  }
}

export function singleChannelBytes(): usize {
  return (<usize>patchSize() << 2) + paddedBytes(1);
}

/** Adds one row of the output, of all taps and channels. */
function addRow(taps: usize, row: usize, dy: usize, ldb: usize, sums: usize, ldSum: usize): void {
  for (let j: usize = 0; j < ldSum; j += B_STEP) {
    for (let t = 0; t < patchSize(); t += ROWS) {
      const tile = sums + <usize>t * ldSum + j;
      const rows = min(ROWS, patchSize() - t);
      gemm_f32_pixels_5x8(taps + (<usize>t << 2), row, dy + j, ldb, outWidth(), tile, ldSum, tile, ldSum, rows);
    }
  }
}
