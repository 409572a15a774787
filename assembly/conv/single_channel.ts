/**
 * The filter gradient for one input channel and a horizontal stride of 1: what a tap reads along an output row is
 * contiguous in the image, and read in place.
 */
import {gemmBlock, Order} from '../gemm/block';
import {B_STEP} from '../gemm/pack';
import {Geometry2D} from './geometry';
import {clearPadding, fillTapOffsets, paddedBytes, padImages} from './source';

/**
 * Adds the gradient of every tap to sums, patchSize() rows that are ldSum bytes apart; scratch: singleChannelBytes()
 * bytes.
 */
export function sumSingleChannel(g: Geometry2D, x: usize, dy: usize, sums: usize, ldSum: usize, scratch: usize): void {
  const taps = scratch;
  const buffer = taps + ((<usize>g.patchSize()) << 2);
  const ldb = (<usize>g.outChannels) << 2;
  fillTapOffsets(g, taps);
  clearPadding(g, buffer, 1);
  for (let i = 0; i < g.batchSize; i++) {
    let row = padImages(g, x, 1, buffer);
    for (let r = 0; r < g.outHeight; r++) {
      gemmBlock(
        Order.Pixels,
        taps,
        4,
        row,
        dy,
        B_STEP,
        ldb,
        g.outWidth,
        sums,
        ldSum,
        sums,
        ldSum,
        g.patchSize(),
        <i32>(ldSum >> 2),
      );
      row += g.sourceRowBytes() * g.strideHeight;
      dy += ldb * g.outWidth;
    }
    x += (<usize>(g.inHeight * g.inWidth)) << 2;
  }
}

export function singleChannelBytes(g: Geometry2D): f64 {
  return 4 * <f64>g.patchSize() + paddedBytes(g, 1);
}
