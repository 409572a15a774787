/**
 * The gradient of the filter by minimal filtering: the filter's own tile is the output here, and tiles of dy are the
 * kernels. The data is transformed as for the convolution itself; products are summed up over all tiles before the one
 * transform back.
 */
import {gemmBlock, Order} from '../../gemm/block';
import {B_STEP} from '../../gemm/pack';
import {filterHeight, inChannels, outChannels, outHeight, outWidth, winogradTile} from '../geometry';
import {clearPadding, copyFloats, paddedBytes} from '../source';
import {dataRowBytes, gatherData, patchBytes, planeBytes, POINTS, productRowBytes} from './forward';
import {
  allRows, blockRows, endSlot, fillSlots, firstSlot, tileColumns, tileHeight, tileImage, tileLeft, tileTop, tileWidth,
  wholeRows,
} from './tiles';
import {transformKernel, transformOutput} from './transform';

/**
 * dw = the gradient of the filter, as conv2d_backprop_filter_f32 has it, where isWinograd().
 *
 * scratch  winogradBackpropFilterBytes() bytes
 */
export function winogradBackpropFilter(x: usize, dy: usize, dw: usize, scratch: usize): void {
  const size = winogradTile();
  const columns = tileColumns(size);
  const block = blockRows(blockTiles(), size);
  const ldData = dataRowBytes();
  const ldKernel = productRowBytes();
  const sumPlane = planeBytes(ldKernel, inChannels());
  const dataPlane = planeBytes(ldData, block * columns);
  const kernelPlane = planeBytes(ldKernel, block * columns);
  const data = scratch + sumPlane * POINTS;
  const kernels = data + dataPlane * POINTS;
  const patch = kernels + kernelPlane * POINTS;
  const padded = patch + patchBytes();
  const slots = padded + paddedBytes(1);
  memory.fill(scratch, 0, sumPlane * POINTS);
  clearPadding(padded, 1);
  for (let first = 0; first < allRows(size); first += block) {
    const rows = min(block, allRows(size) - first);
    const whole = wholeRows(first, rows, size);
    fillSlots(slots, first, rows, size);
    gatherData(x, first * columns, rows * columns, size, slots, data, dataPlane, padded);
    for (let t = 0; t < rows * columns; t++) {
      const slot = <usize>load<i32>(slots + (<usize>t << 2));
      gatherGradient(dy, first * columns + t, size, kernels + slot * ldKernel, kernelPlane);
    }
    for (let point = 0; point < POINTS; point++) {
      const from = <usize>firstSlot(point, whole, size);
      const sum = scratch + <usize>point * sumPlane;
      gemmBlock(
        Order.Step, data + <usize>point * dataPlane + from * ldData, 4, ldData,
        kernels + <usize>point * kernelPlane + from * ldKernel, B_STEP, ldKernel,
        endSlot(point, whole, rows, size) - <i32>from, sum, ldKernel, sum, ldKernel, inChannels(), <i32>(ldKernel >> 2),
      );
    }
  }
  for (let k = 0; k < inChannels(); k++) {
    putGradient(scratch + <usize>k * ldKernel, sumPlane, dw + (<usize>(k * outChannels()) << 2), patch);
  }
}

/** The scratch that winogradBackpropFilter needs for the geometry in PARAMS, in bytes. */
export function winogradBackpropFilterBytes(): usize {
  const size = winogradTile();
  const block = blockRows(blockTiles(), size) * tileColumns(size);
  const sums = planeBytes(productRowBytes(), inChannels());
  const planes = sums + planeBytes(dataRowBytes(), block) + planeBytes(productRowBytes(), block);
  return planes * POINTS + patchBytes() + paddedBytes(1) + (<usize>block << 2);
}

/** Tiles whose products are summed up in one go. */
function blockTiles(): i32 {
  return max(96, 2 * max(inChannels(), outChannels()));
}

/** Transforms one tile of dy as a kernel. */
function gatherGradient(dy: usize, tile: i32, size: i32, y: usize, plane: usize): void {
  const channels = outChannels();
  const pixelPitch = <usize>channels << 2;
  const pixel = (tileImage(tile, size) * outHeight() + tileTop(tile, size)) * outWidth() + tileLeft(tile, size);
  const at = dy + <usize>pixel * pixelPitch;
  const rows = tileHeight(tile, size);
  transformKernel(at, pixelPitch, pixelPitch * outWidth(), rows, tileWidth(tile, size), channels, y, plane);
}

/** The gradient of all taps from one input channel to the output channels. */
function putGradient(sums: usize, plane: usize, dw: usize, patch: usize): void {
  const taps = filterHeight();
  const channels = outChannels();
  const tapPitch = <usize>(inChannels() * channels) << 2;
  if ((channels & 3) == 0) {
    outputTaps(sums, plane, channels, dw, tapPitch);
    return;
  }
  const pitch = <usize>((channels + 3) & -4) << 2;
  outputTaps(sums, plane, channels, patch, pitch);
  for (let t = taps * taps; t > 0; t--) {
    copyFloats(patch, dw, channels);
    patch += pitch;
    dw += tapPitch;
  }
}

function outputTaps(sums: usize, plane: usize, channels: i32, dw: usize, tapPitch: usize): void {
  const taps = filterHeight();
  transformOutput(sums, plane, 6, 6, channels, 0, dw, tapPitch, tapPitch * taps, taps, taps);
}
