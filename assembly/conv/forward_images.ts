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
import {MR} from '../tuning';
import {Geometry2D} from './geometry';
import {fillTapOffsets} from './source';

/** A tile stores eight columns: with fewer channels than this, it could write past the end of the next pixel. */
export const MIN_CHANNELS: i32 = 4;

/** y = x * filter + bias, or its relu; packed: the filter in packB's format; scratch: forwardByImagesBytes() bytes. */
export function forwardByImages(
  g: Geometry2D,
  x: usize,
  packed: usize,
  bias: usize,
  y: usize,
  activates: bool,
  scratch: usize,
): void {
  const k = g.patchSize();
  const n = g.outChannels;
  const taps = scratch;
  const panels = taps + ((<usize>k) << 2);
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  const ldc = (<usize>(g.outPixels() * n)) << 2;
  const rowBytes = (<usize>n) << 2;
  const stepA = <usize>(g.strideWidth * g.inChannels) * A_STEP;
  const nextStart: usize = bias ? B_STEP : 0;
  fillTapOffsets(g, taps);
  for (let t = 0; t < k; t++) store<u32>(taps + ((<usize>t) << 2), load<u32>(taps + ((<usize>t) << 2)) * MR);
  memory.fill(panels, 0, <usize>panelsBytes(g));
  for (let i = 0; i < g.batchSize; i += MR) {
    const images = min(MR, g.batchSize - i);
    packImages(g, x, images, panels);
    let c = y;
    for (let r = 0; r < g.outHeight; r++) {
      let a = panels + <usize>(r * g.strideHeight) * g.sourceRowBytes() * MR;
      // What a tile writes past the channels of a pixel is overwritten by the next pixel. Only an image's last pixel
      // needs partial stores: with partial stores for all pixels, 28x28x1, 5x5 to 6 falls from 34 to 27 GFLOP/s.
      const whole = r < g.outHeight - 1 ? g.outWidth : g.outWidth - 1;
      for (let column = 0; column < whole; column++) {
        let panel = packed;
        let start = bias ? bias : ZEROS;
        for (let j: usize = 0; j < rowBytes; j += B_STEP) {
          gemm_f32_table_x8(a, taps, panel, B_STEP, k, start, 0, c + j, ldc, images);
          panel += <usize>k * B_STEP;
          start += nextStart;
        }
        a += stepA;
        c += rowBytes;
      }
      if (whole < g.outWidth) {
        gemmBlock(
          Order.Table,
          a,
          0,
          taps,
          packed,
          <usize>k * B_STEP,
          B_STEP,
          k,
          bias ? bias : ZEROS,
          0,
          c,
          ldc,
          images,
          n,
        );
      }
      if (activates) activateRow(g, y + <usize>(r * g.outWidth) * rowBytes, ldc, images);
    }
    x += <usize>MR * imageBytes;
    y += <usize>MR * ldc;
  }
}

export function forwardByImagesBytes(g: Geometry2D): f64 {
  return 4 * <f64>g.patchSize() + panelsBytes(g);
}

/** The relu of one output row of `images` images, while it is in the first-level cache. */
function activateRow(g: Geometry2D, y: usize, imageBytes: usize, images: i32): void {
  for (; images > 0; images--) {
    activateFloats(y, g.outWidth * g.outChannels);
    y += imageBytes;
  }
}

/** packed[row][column][channel][MR] of `images` <= MR images of x; the padding around them is not written. */
function packImages(g: Geometry2D, x: usize, images: i32, packed: usize): void {
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

function panelsBytes(g: Geometry2D): f64 {
  const height = g.needsPadding() ? g.paddedHeight() : g.inHeight;
  const width = g.needsPadding() ? g.paddedWidth() : g.inWidth;
  return <f64>height * <f64>width * <f64>g.inChannels * <f64>A_STEP;
}
