/**
 * The gradient of a convolution's input with the images of a batch side by side: the rows of a tile are the same pixel of
 * MR images, so that neither small images nor few channels leave rows or columns of it empty.
 *
 * What a column of dy adds to a row of dx is one product: K runs over the filter rows that reach it and the output's
 * channels, N over a row of the filter and the input's channels. For the geometry in PARAMS, of the forward convolution,
 * with a vertical stride of 1.
 */
import {gemmPanel, Order} from '../gemm/block';
import {A_STEP, B_STEP, packA, packBTransposed} from '../gemm/pack';
import {MR, NR} from '../tuning';
import {
  batchSize, filterHeight, filterWidth, inChannels, inHeight, inWidth, needsPadding, outChannels, outHeight, outPixels,
  outWidth, paddedHeight, sourceImageBytes, sourceRowBytes, strideWidth,
} from './geometry';
import {paddedBytes, unpadImage} from './source';

/** dx from dy and filter; scratch: backpropByImagesBytes(). */
export function backpropByImages(dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const panels = scratch + packedFilterBytes();
  const buffer = panels + panelsBytes();
  const padded = needsPadding();
  const imageBytes = <usize>(inHeight() * inWidth() * inChannels()) << 2;
  packTurnedRows(filter, scratch);
  for (let i = 0; i < batchSize(); i += MR) {
    const images = min(MR, batchSize() - i);
    packImages(dy, images, panels);
    const target = padded ? buffer : dx;
    memory.fill(target, 0, <usize>images * sourceImageBytes());
    // What no patch covers beyond the padded image is not copied from there.
    if (padded) memory.fill(dx, 0, <usize>images * imageBytes);
    for (let y = 0; y < paddedHeight(); y++) addToRow(y, panels, scratch, target + <usize>y * sourceRowBytes(), images);
    for (let image = 0; padded && image < images; image++) {
      unpadImage(buffer + <usize>image * sourceImageBytes(), dx + <usize>image * imageBytes);
    }
    dy += <usize>(MR * outPixels() * outChannels()) << 2;
    dx += <usize>MR * imageBytes;
  }
}

/** The scratch that backpropByImages needs for the geometry in PARAMS, in bytes. */
export function backpropByImagesBytes(): usize {
  return packedFilterBytes() + panelsBytes() + paddedBytes(MR);
}

/** Adds up one row of dx, of `images` images from the address `row` on. */
function addToRow(y: i32, panels: usize, packed: usize, row: usize, images: i32): void {
  const taps = filterHeight();
  const n = filterWidth() * inChannels();
  const firstTap = max(0, y - outHeight() + 1);
  const lastTap = min(y, taps - 1);
  const depth = (lastTap - firstTap + 1) * outChannels();
  const b = packed + <usize>((taps - 1 - lastTap) * outChannels()) * B_STEP;
  const nextB = <usize>(taps * outChannels()) * B_STEP;
  const ld = sourceImageBytes();
  let a = panels + <usize>((y - lastTap) * outChannels()) * A_STEP;
  for (let x = 0; x < outWidth(); x++) {
    let panel = b;
    for (let j = 0; j < n; j += NR) {
      const c = row + (<usize>(x * strideWidth() * inChannels() + j) << 2);
      gemmPanel(Order.Step, a, 0, A_STEP, panel, B_STEP, depth, c, ld, c, ld, images, min(NR, n - j));
      panel += nextB;
    }
    a += <usize>(outHeight() * outChannels()) * A_STEP;
  }
}

/** packed[column][row][channel][MR], from MR images of dy: what one tile reads follows one another. */
function packImages(dy: usize, images: i32, packed: usize): void {
  const channels = outChannels();
  const imageBytes = <usize>(outPixels() * channels) << 2;
  const rowBytes = <usize>(outWidth() * channels) << 2;
  for (let x = 0; x < outWidth(); x++) {
    let from = dy + (<usize>(x * channels) << 2);
    for (let y = 0; y < outHeight(); y++) {
      packA(from, imageBytes, images, channels, packed);
      from += rowBytes;
      packed += <usize>channels * A_STEP;
    }
  }
}

/** packed[panel of N][filter row, the last first][output channel][NR]. */
function packTurnedRows(filter: usize, packed: usize): void {
  const channels = outChannels();
  const n = filterWidth() * inChannels();
  const pixelBytes = <usize>channels << 2;
  for (let j = 0; j < n; j += NR) {
    for (let tap = filterHeight() - 1; tap >= 0; tap--) {
      packBTransposed(filter + <usize>(tap * n + j) * pixelBytes, pixelBytes, channels, min(NR, n - j), packed);
      packed += <usize>channels * B_STEP;
    }
  }
}

function packedFilterBytes(): usize {
  return <usize>((filterWidth() * inChannels() + NR - 1) / NR * filterHeight() * outChannels()) * B_STEP;
}

function panelsBytes(): usize {
  return <usize>(outPixels() * outChannels()) * A_STEP;
}
