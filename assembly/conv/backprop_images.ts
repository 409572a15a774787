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
import {Geometry2D} from './geometry';
import {paddedBytes, unpadImage} from './source';

/** dx from dy and filter; scratch: backpropByImagesBytes(). */
export function backpropByImages(g: Geometry2D, dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const panels = scratch + packedFilterBytes(g);
  const buffer = panels + panelsBytes(g);
  const padded = g.needsPadding();
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  packTurnedRows(g, filter, scratch);
  for (let i = 0; i < g.batchSize; i += MR) {
    const images = min(MR, g.batchSize - i);
    packImages(g, dy, images, panels);
    const target = padded ? buffer : dx;
    memory.fill(target, 0, <usize>images * g.sourceImageBytes());
    // What no patch covers beyond the padded image is not copied from there.
    if (padded) memory.fill(dx, 0, <usize>images * imageBytes);
    for (let y = 0; y < g.paddedHeight(); y++)
      addToRow(g, y, panels, scratch, target + <usize>y * g.sourceRowBytes(), images);
    for (let image = 0; padded && image < images; image++) {
      unpadImage(g, buffer + <usize>image * g.sourceImageBytes(), dx + <usize>image * imageBytes);
    }
    dy += (<usize>(MR * g.outPixels() * g.outChannels)) << 2;
    dx += <usize>MR * imageBytes;
  }
}

/** The scratch that backpropByImages needs for the geometry in PARAMS, in bytes. */
export function backpropByImagesBytes(g: Geometry2D): usize {
  return packedFilterBytes(g) + panelsBytes(g) + paddedBytes(g, MR);
}

/** Adds up one row of dx, of `images` images from the address `row` on. */
function addToRow(g: Geometry2D, y: i32, panels: usize, packed: usize, row: usize, images: i32): void {
  const taps = g.filterHeight;
  const n = g.filterWidth * g.inChannels;
  const firstTap = max(0, y - g.outHeight + 1);
  const lastTap = min(y, taps - 1);
  const depth = (lastTap - firstTap + 1) * g.outChannels;
  const b = packed + <usize>((taps - 1 - lastTap) * g.outChannels) * B_STEP;
  const nextB = <usize>(taps * g.outChannels) * B_STEP;
  const ld = g.sourceImageBytes();
  let a = panels + <usize>((y - lastTap) * g.outChannels) * A_STEP;
  for (let x = 0; x < g.outWidth; x++) {
    let panel = b;
    for (let j = 0; j < n; j += NR) {
      const c = row + ((<usize>(x * g.strideWidth * g.inChannels + j)) << 2);
      gemmPanel(Order.Step, a, 0, A_STEP, panel, B_STEP, depth, c, ld, c, ld, images, min(NR, n - j));
      panel += nextB;
    }
    a += <usize>(g.outHeight * g.outChannels) * A_STEP;
  }
}

/** packed[column][row][channel][MR], from MR images of dy: what one tile reads follows one another. */
function packImages(g: Geometry2D, dy: usize, images: i32, packed: usize): void {
  const channels = g.outChannels;
  const imageBytes = (<usize>(g.outPixels() * channels)) << 2;
  const rowBytes = (<usize>(g.outWidth * channels)) << 2;
  for (let x = 0; x < g.outWidth; x++) {
    let from = dy + ((<usize>(x * channels)) << 2);
    for (let y = 0; y < g.outHeight; y++) {
      packA(from, imageBytes, images, channels, packed);
      from += rowBytes;
      packed += <usize>channels * A_STEP;
    }
  }
}

/** packed[panel of N][filter row, the last first][output channel][NR]. */
function packTurnedRows(g: Geometry2D, filter: usize, packed: usize): void {
  const channels = g.outChannels;
  const n = g.filterWidth * g.inChannels;
  const pixelBytes = (<usize>channels) << 2;
  for (let j = 0; j < n; j += NR) {
    for (let tap = g.filterHeight - 1; tap >= 0; tap--) {
      packBTransposed(filter + <usize>(tap * n + j) * pixelBytes, pixelBytes, channels, min(NR, n - j), packed);
      packed += <usize>channels * B_STEP;
    }
  }
}

function packedFilterBytes(g: Geometry2D): usize {
  return <usize>(((g.filterWidth * g.inChannels + NR - 1) / NR) * g.filterHeight * g.outChannels) * B_STEP;
}

function panelsBytes(g: Geometry2D): usize {
  return <usize>(g.outPixels() * g.outChannels) * A_STEP;
}
