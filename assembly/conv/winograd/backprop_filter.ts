/**
 * The gradient of the filter by minimal filtering: the filter's own tile is the output here, and tiles of dy are the
 * kernels. The data is transformed as for the convolution itself; products are summed up over all tiles before the one
 * transform back.
 */
import {gemmBlock, Order} from '../../gemm/driver';
import {B_STEP} from '../../gemm/pack';
import {MR} from '../../tuning';
import {filterHeight, inChannels, outChannels, outHeight, outWidth, winogradTile} from '../geometry';
import {copyFloats} from '../source';
import {dataRowBytes, gatherData, patchBytes, planeBytes, POINTS, productRowBytes} from './forward';
import {Five, Four, Three, Two} from './line';
import {cutOut, isInside, tileCount, tileImage, tileLeft, tileTop} from './tiles';
import {transformKernel, transformOutput} from './transform';

/**
 * dw = the gradient of the filter, as conv2d_backprop_filter_f32 has it, where isWinograd().
 *
 * scratch  winogradBackpropFilterBytes() bytes
 */
export function winogradBackpropFilter(x: usize, dy: usize, dw: usize, scratch: usize): void {
  const size = winogradTile();
  const block = blockTiles();
  const tiles = tileCount(size);
  const ldData = dataRowBytes();
  const ldKernel = productRowBytes();
  const sumPlane = planeBytes(ldKernel, inChannels());
  const dataPlane = planeBytes(ldData, block);
  const kernelPlane = planeBytes(ldKernel, block);
  const data = scratch + sumPlane * POINTS;
  const kernels = data + dataPlane * POINTS;
  const patch = kernels + kernelPlane * POINTS;
  memory.fill(scratch, 0, sumPlane * POINTS);
  for (let first = 0; first < tiles; first += block) {
    const count = min(block, tiles - first);
    for (let t = 0; t < count; t++) {
      gatherData(x, first + t, size, data + <usize>t * ldData, dataPlane, patch);
      gatherGradient(dy, first + t, size, kernels + <usize>t * ldKernel, kernelPlane, patch);
    }
    for (let point: usize = 0; point < <usize>POINTS; point++) {
      const sum = scratch + point * sumPlane;
      gemmBlock(
        Order.Step, data + point * dataPlane, <usize>MR << 2, ldData,
        kernels + point * kernelPlane, B_STEP, ldKernel, count,
        sum, ldKernel, sum, ldKernel, inChannels(), <i32>(ldKernel >> 2),
      );
    }
  }
  for (let k = 0; k < inChannels(); k++) {
    putGradient(scratch + <usize>k * ldKernel, sumPlane, dw + (<usize>(k * outChannels()) << 2), patch);
  }
}

/** The scratch that winogradBackpropFilter needs for the geometry in PARAMS, in bytes. */
export function winogradBackpropFilterBytes(): usize {
  const block = blockTiles();
  const sums = planeBytes(productRowBytes(), inChannels());
  return (sums + planeBytes(dataRowBytes(), block) + planeBytes(productRowBytes(), block)) * POINTS + patchBytes();
}

/** Tiles whose products are summed up in one go. */
function blockTiles(): i32 {
  return min(tileCount(winogradTile()), max(96, 2 * max(inChannels(), outChannels())));
}

/** Transforms one tile of dy as a kernel. */
function gatherGradient(dy: usize, tile: i32, size: i32, y: usize, plane: usize, patch: usize): void {
  const channels = outChannels();
  const pixelPitch = <usize>channels << 2;
  const top = tileTop(tile, size);
  const left = tileLeft(tile, size);
  const image = dy + <usize>(tileImage(tile, size) * outHeight() * outWidth()) * pixelPitch;
  let at = image + <usize>(top * outWidth() + left) * pixelPitch;
  let rowPitch = pixelPitch * outWidth();
  if (!isInside(top, left, size, outHeight(), outWidth())) {
    cutOut(image, outHeight(), outWidth(), channels, top, left, size, patch);
    at = patch;
    rowPitch = pixelPitch * size;
  }
  if (size == 4) transformKernel<Four>(at, pixelPitch, rowPitch, channels, y, plane);
  else transformKernel<Two>(at, pixelPitch, rowPitch, channels, y, plane);
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
  if (filterHeight() == 3) transformOutput<Three>(sums, plane, channels, 0, dw, tapPitch, 3 * tapPitch);
  else transformOutput<Five>(sums, plane, channels, 0, dw, tapPitch, 5 * tapPitch);
}
