/**
 * The gradient of a 2D convolution with respect to its filter: the patches of x transposed times dy, where K runs over
 * all output pixels of all images. Dilations are 1, as tfjs has no gradient for others.
 */
import {Conv2DBackpropFilterPath} from '../abi';
import {gemmBlock, Order} from '../gemm/block';
import {B_STEP, panelRowBytes} from '../gemm/pack';
import {Geometry2D} from './geometry';
import {backpropFilterPath} from './path';
import {singleChannelBytes, sumSingleChannel} from './single_channel';
import {clearPadding, copyFloats, fillPatches, fillPixelOffsets, paddedBytes, padImages, runSize} from './source';
import {winogradBackpropFilter, winogradBackpropFilterBytes} from './winograd/backprop_filter';

/**
 * dw = the gradient of the filter, HWIO float32; x and dy NHWC.
 *
 * geometry  a Geometry2DWords, of the forward convolution, paddings >= 0
 * scratch   conv2d_backprop_filter_f32_scratch_bytes() bytes
 *
 * Except by minimal filtering, the pixels of an image are summed in their order, and images one after another.
 */
export function conv2d_backprop_filter_f32(x: usize, dy: usize, dw: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry2D>(geometry);
  const path = backpropFilterPath(g);
  if (path == Conv2DBackpropFilterPath.winograd) {
    winogradBackpropFilter(g, x, dy, dw, scratch);
    return;
  }
  // Rows of the sums are whole panels, so that no tile of any image needs partial stores.
  // Rows of the sums are whole panels: what follows in memory is summed for the excess columns too, but not copied to dw.
  const ldSum = panelRowBytes(g.outChannels);
  const sums = scratch;
  const offsets = sums + <usize>g.patchSize() * ldSum;
  memory.fill(sums, 0, <usize>g.patchSize() * ldSum);
  if (path == Conv2DBackpropFilterPath.singleChannel) sumSingleChannel(g, x, dy, sums, ldSum, offsets);
  else if (path == Conv2DBackpropFilterPath.filterRows) byFilterRows(g, x, dy, sums, ldSum, offsets);
  else byPatches(g, x, dy, sums, ldSum, offsets);
  for (let k = 0; k < g.patchSize(); k++) {
    copyFloats(sums + <usize>k * ldSum, dw + ((<usize>(k * g.outChannels)) << 2), g.outChannels);
  }
}

/** The scratch that conv2d_backprop_filter_f32 needs, in bytes. */
export function conv2d_backprop_filter_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry2D>(geometry);
  const path = backpropFilterPath(g);
  if (path == Conv2DBackpropFilterPath.winograd) return winogradBackpropFilterBytes(g);
  const sumBytes = <f64>g.patchSize() * <f64>panelRowBytes(g.outChannels);
  if (path == Conv2DBackpropFilterPath.singleChannel) return sumBytes + singleChannelBytes(g);
  if (path == Conv2DBackpropFilterPath.filterRows)
    return sumBytes + paddedBytes(g, 1) + 4 * <f64>g.paddedHeight() * <f64>g.outWidth * <f64>runSize(g);
  const images = g.groupSize();
  return sumBytes + 4 * <f64>images * <f64>g.outPixels() * (1 + <f64>g.patchSize()) + paddedBytes(g, images);
}

/**
 * A vertical stride of 1: copies the patches of one filter row only, for every row of the padded image. Those of filter
 * row f are the same ones f rows further down, so that one copy serves all filter rows.
 */
function byFilterRows(g: Geometry2D, x: usize, dy: usize, sums: usize, ldSum: usize, buffer: usize): void {
  const n = g.outChannels;
  const size = runSize(g);
  const patches = buffer + <usize>paddedBytes(g, 1);
  const patchBytes = (<usize>size) << 2;
  const stepX = (<usize>(g.strideWidth * g.inChannels)) << 2;
  clearPadding(g, buffer, 1);
  for (let i = 0; i < g.batchSize; i++) {
    const source = padImages(g, x, 1, buffer);
    let to = patches;
    for (let r = 0; r < g.paddedHeight(); r++) {
      let from = source + <usize>r * g.sourceRowBytes();
      for (let c = 0; c < g.outWidth; c++) {
        copyFloats(from, to, size);
        from += stepX;
        to += patchBytes;
      }
    }
    for (let f = 0; f < g.filterHeight; f++) {
      const a = patches + <usize>(f * g.outWidth) * patchBytes;
      const c = sums + <usize>(f * size) * ldSum;
      gemmBlock(
        Order.Step,
        a,
        4,
        patchBytes,
        dy,
        B_STEP,
        (<usize>n) << 2,
        g.outPixels(),
        c,
        ldSum,
        c,
        ldSum,
        size,
        <i32>(ldSum >> 2),
      );
    }
    x += imageBytes(g);
    dy += (<usize>(n * g.outPixels())) << 2;
  }
}

/** im2col, one group of images after another: K runs over all of their pixels. */
function byPatches(g: Geometry2D, x: usize, dy: usize, sums: usize, ldSum: usize, pixels: usize): void {
  const m = g.patchSize();
  const n = g.outChannels;
  const images = g.groupSize();
  const buffer = pixels + ((<usize>(images * g.outPixels())) << 2);
  const patches = buffer + <usize>paddedBytes(g, images);
  const stepA = (<usize>m) << 2;
  const stepB = (<usize>n) << 2;
  fillPixelOffsets(g, pixels, images);
  clearPadding(g, buffer, images);
  for (let i = 0; i < g.batchSize; i += images) {
    const count = min(images, g.batchSize - i);
    const k = count * g.outPixels();
    fillPatches(g, padImages(g, x, count, buffer), pixels, k, patches);
    gemmBlock(Order.Step, patches, 4, stepA, dy, B_STEP, stepB, k, sums, ldSum, sums, ldSum, m, <i32>(ldSum >> 2));
    x += imageBytes(g) * count;
    dy += stepB * k;
  }
}

function imageBytes(g: Geometry2D): usize {
  return (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
}
