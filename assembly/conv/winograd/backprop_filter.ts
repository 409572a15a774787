/**
 * The gradient of a 2D convolution's filter by minimal filtering, F(r, m): the filter is the output tile, and tiles of
 * dy take the place of the filter. The data transform is that of the convolution. Products are summed over all tiles
 * before the one output transform.
 */
import {gemmBlock, Order} from '../../gemm/block';
import {B_STEP} from '../../gemm/pack';
import {Geometry2D} from '../geometry';
import {clearPadding, copyFloats, paddedBytes} from '../source';
import {dataRowBytes, gatherData, POINTS, patchBytes, planeBytes, productRowBytes, tileBytes} from './forward';
import {
  allRows,
  blockRows,
  endSlot,
  fillSlots,
  firstSlot,
  tileColumns,
  tileHeight,
  tileImage,
  tileLeft,
  tileTop,
  tileWidth,
  wholeRows,
} from './tiles';
import {transformKernel, transformOutput} from './transform';
import {allTaps, gradientPixels, restoreZeroTaps, tapsThatMeet} from './zeros';

/**
 * dw = the gradient of the filter, as conv2d_backprop_filter_f32 defines it, for isWinograd() geometries.
 *
 * scratch  winogradBackpropFilterBytes() bytes
 */
export function winogradBackpropFilter(g: Geometry2D, x: usize, dy: usize, dw: usize, scratch: usize): void {
  const size = g.winogradTile();
  const columns = tileColumns(g, size);
  const block = blockRows(g, blockTiles(g), size);
  const ldData = dataRowBytes(g);
  const ldKernel = productRowBytes(g);
  const sumPlane = planeBytes(ldKernel, g.inChannels);
  const dataPlane = planeBytes(ldData, block * columns);
  const kernelPlane = planeBytes(ldKernel, block * columns);
  const data = scratch + sumPlane * POINTS;
  const kernels = data + dataPlane * POINTS;
  const patch = kernels + kernelPlane * POINTS;
  const padded = patch + patchBytes(g);
  const slots = padded + <usize>paddedBytes(g, 1);
  const pixels = slots + ((<usize>(block * columns)) << 2);
  const map = pixels + ((<usize>(block * columns)) << 3);
  let met: u32 = 0;
  memory.fill(scratch, 0, sumPlane * POINTS);
  clearPadding(g, padded, 1);
  for (let first = 0; first < allRows(g, size); first += block) {
    const rows = min(block, allRows(g, size) - first);
    const whole = wholeRows(g, first, rows, size);
    fillSlots(g, slots, first, rows, size);
    const isSearching = met != allTaps(g);
    gatherData(
      g,
      x,
      first * columns,
      rows * columns,
      size,
      slots,
      data,
      dataPlane,
      padded,
      pixels,
      isSearching ? map : 0,
    );
    for (let t = 0; t < rows * columns; t++) {
      const slot = <usize>load<i32>(slots + ((<usize>t) << 2));
      const at = tileAt(g, dy, first * columns + t, size);
      gatherGradient(g, at, first * columns + t, size, kernels + slot * ldKernel, kernelPlane);
      if (isSearching && met != allTaps(g)) {
        met |= tapsThatMeet(g, load<u64>(pixels + ((<usize>t) << 3)), pixelsOf(g, at, first * columns + t, size));
      }
    }
    for (let point = 0; point < POINTS; point++) {
      const from = <usize>firstSlot(g, point, whole, size);
      const sum = scratch + <usize>point * sumPlane;
      gemmBlock(
        Order.Step,
        data + <usize>point * dataPlane + from * ldData,
        4,
        ldData,
        kernels + <usize>point * kernelPlane + from * ldKernel,
        B_STEP,
        ldKernel,
        endSlot(g, point, whole, rows, size) - <i32>from,
        sum,
        ldKernel,
        sum,
        ldKernel,
        g.inChannels,
        <i32>(ldKernel >> 2),
      );
    }
  }
  for (let k = 0; k < g.inChannels; k++) {
    putGradient(g, scratch + <usize>k * ldKernel, sumPlane, dw + ((<usize>(k * g.outChannels)) << 2), patch);
  }
  restoreZeroTaps(g, met, dw);
}

/** The scratch that winogradBackpropFilter needs, in bytes. */
export function winogradBackpropFilterBytes(g: Geometry2D): f64 {
  const size = g.winogradTile();
  const block = blockRows(g, blockTiles(g), size) * tileColumns(g, size);
  const sums = planeBytes(productRowBytes(g), g.inChannels);
  const planes = sums + planeBytes(dataRowBytes(g), block) + planeBytes(productRowBytes(g), block);
  return <f64>planes * POINTS + <f64>(patchBytes(g) + tileBytes(g, block)) + paddedBytes(g, 1);
}

/** Tiles of a block, about: those that one GEMM for each point sums over. */
function blockTiles(g: Geometry2D): i32 {
  return max(96, 2 * max(g.inChannels, g.outChannels));
}

/** The address of a tile of dy. */
function tileAt(g: Geometry2D, dy: usize, tile: i32, size: i32): usize {
  const pixel =
    (tileImage(g, tile, size) * g.outHeight + tileTop(g, tile, size)) * g.outWidth + tileLeft(g, tile, size);
  return dy + <usize>pixel * ((<usize>g.outChannels) << 2);
}

/** The filter transform of the tile of dy at `at`. */
function gatherGradient(g: Geometry2D, at: usize, tile: i32, size: i32, y: usize, plane: usize): void {
  const channels = g.outChannels;
  const pixelPitch = (<usize>channels) << 2;
  const rows = tileHeight(g, tile, size);
  transformKernel(at, pixelPitch, pixelPitch * g.outWidth, rows, tileWidth(g, tile, size), channels, y, plane);
}

/** The word of the tile of dy at `at`, see zeros.ts. */
function pixelsOf(g: Geometry2D, at: usize, tile: i32, size: i32): u64 {
  const rowPitch = (<usize>(g.outChannels * g.outWidth)) << 2;
  return gradientPixels(g, at, rowPitch, tileHeight(g, tile, size), tileWidth(g, tile, size));
}

/** The output transform for one input channel: the gradients of all its taps to all output channels. */
function putGradient(g: Geometry2D, sums: usize, plane: usize, dw: usize, patch: usize): void {
  const taps = g.filterHeight;
  const channels = g.outChannels;
  const tapPitch = (<usize>(g.inChannels * channels)) << 2;
  if ((channels & 3) == 0) {
    outputTaps(g, sums, plane, channels, dw, tapPitch);
    return;
  }
  const pitch = (<usize>((channels + 3) & -4)) << 2;
  outputTaps(g, sums, plane, channels, patch, pitch);
  for (let t = taps * taps; t > 0; t--) {
    copyFloats(patch, dw, channels);
    patch += pitch;
    dw += tapPitch;
  }
}

function outputTaps(g: Geometry2D, sums: usize, plane: usize, channels: i32, dw: usize, tapPitch: usize): void {
  const taps = g.filterHeight;
  transformOutput(sums, plane, 6, 6, channels, 0, dw, tapPitch, tapPitch * taps, taps, taps);
}
