/**
 * The convolution with the images of a batch side by side: the rows of a tile are the same pixel of MR images, and K
 * runs over a whole patch by a list of offsets. No row of a tile is empty at the end of an image's row, and no product is
 * cut in pieces by the rows of the filter. For the geometry in PARAMS.
 */
import {activateFloats} from '../elementwise/in_place';
import {gemmBlock, Order} from '../gemm/block';
import {gemm_f32_table_x8} from '../gemm/micro/table';
import {A_STEP, B_STEP, packA} from '../gemm/pack';
import {ZEROS} from '../memory';
import {MR} from '../tuning';
import {Geometry2D} from './geometry';
import {fillTapOffsets} from './source';

/** With fewer channels what is written beyond a pixel's could reach beyond the one after it. */
export const MIN_CHANNELS: i32 = 4;

/** y = x * filter + bias, or its relu; packed: the filter as packB has it; scratch: forwardByImagesBytes(). */
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
  memory.fill(panels, 0, panelsBytes(g));
  for (let i = 0; i < g.batchSize; i += MR) {
    const images = min(MR, g.batchSize - i);
    packImages(g, x, images, panels);
    let c = y;
    for (let r = 0; r < g.outHeight; r++) {
      let a = panels + <usize>(r * g.strideHeight) * g.sourceRowBytes() * MR;
      // What a tile writes beyond the channels of a pixel is written over by the next one. Only the image's last pixel
      // needs its columns cut: cutting all takes 28x28x1, 5x5 to 6 from 34 to 27 GFLOP/s.
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

export function forwardByImagesBytes(g: Geometry2D): usize {
  return ((<usize>g.patchSize()) << 2) + panelsBytes(g);
}

/** The relu of one output row of some images, which is in the first-level cache. */
function activateRow(g: Geometry2D, y: usize, imageBytes: usize, images: i32): void {
  for (; images > 0; images--) {
    activateFloats(y, g.outWidth * g.outChannels);
    y += imageBytes;
  }
}

/** packed[row][column][channel][MR], from MR images of x, inside of the padding. */
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

function panelsBytes(g: Geometry2D): usize {
  return g.sourceImageBytes() * MR;
}
