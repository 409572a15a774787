/**
 * The filter gradient where the input has one channel and the horizontal stride is 1, for the geometry in PARAMS: what a
 * tap reads along an output row is a row of floats in the image, and is read where it is.
 */
import {gemmBlock, Order} from '../gemm/block';
import {B_STEP} from '../gemm/pack';
import {
  batchSize, inHeight, inWidth, outChannels, outHeight, outWidth, patchSize, sourceRowBytes, strideHeight,
} from './geometry';
import {clearPadding, fillTapOffsets, paddedBytes, padImages} from './source';

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
      gemmBlock(
        Order.Pixels, taps, 4, row, dy, B_STEP, ldb, outWidth(), sums, ldSum, sums, ldSum, patchSize(),
        <i32>(ldSum >> 2),
      );
      row += sourceRowBytes() * strideHeight();
      dy += ldb * outWidth();
    }
    x += <usize>(inHeight() * inWidth()) << 2;
  }
}

export function singleChannelBytes(): usize {
  return (<usize>patchSize() << 2) + paddedBytes(1);
}
