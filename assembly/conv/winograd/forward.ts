/** The convolution by minimal filtering: 36 products of the transformed data and filter, one for each point. */
import {relu_f32} from '../../elementwise/activation';
import {gemmPanel, Order} from '../../gemm/driver';
import {B_STEP} from '../../gemm/pack';
import {ZEROS} from '../../memory';
import {MR, NR} from '../../tuning';
import {filterHeight, inChannels, inHeight, inWidth, outChannels, outHeight, outWidth, winogradTile} from '../geometry';
import {Five, Four, Three, Two} from './line';
import {
  cutOut, dataImage, dataLeft, dataTop, isInside, putBack, tileCount, tileImage, tileLeft, tileTop,
} from './tiles';
import {transformData, transformKernel, transformOutput} from './transform';

/** The points of a tile. */
export const POINTS: i32 = 36;
const SIDE: i32 = 6;

/**
 * y = x * filter + bias, or its relu, as conv2d_f32 has it, where isWinograd(); strides and dilations are 1.
 *
 * scratch  winogradForwardBytes() bytes
 */
export function winogradForward(
  x: usize, filter: usize, bias: usize, activates: bool, y: usize, scratch: usize,
): void {
  const k = inChannels();
  const size = winogradTile();
  const block = blockTiles();
  const tiles = tileCount(size);
  const filterPlane = filterPlaneBytes();
  const dataPlane = planeBytes(dataRowBytes(), block);
  const productPlane = planeBytes(productRowBytes(), block);
  const data = scratch + filterPlane * POINTS;
  const products = data + dataPlane * POINTS;
  const patch = products + productPlane * POINTS;
  const ldData = dataRowBytes();
  const ldProduct = productRowBytes();
  transformFilter(filter, scratch);
  for (let first = 0; first < tiles; first += block) {
    const count = min(block, tiles - first);
    for (let t = 0; t < count; t++) gatherData(x, first + t, size, data + <usize>t * ldData, dataPlane, patch);
    for (let point: usize = 0; point < <usize>POINTS; point++) {
      let panel = scratch + point * filterPlane;
      let c = products + point * productPlane;
      for (let j = 0; j < outChannels(); j += NR) {
        gemmPanel(
          Order.Rows, data + point * dataPlane, ldData * MR, ldData, panel, B_STEP, k, ZEROS, 0, c, ldProduct, count, NR,
        );
        panel += <usize>k * B_STEP;
        c += B_STEP;
      }
    }
    for (let t = 0; t < count; t++) {
      putOutput(products + <usize>t * ldProduct, productPlane, bias, activates, y, first + t, size, patch);
    }
  }
}

/** The scratch that winogradForward needs for the geometry in PARAMS, in bytes. */
export function winogradForwardBytes(): usize {
  const block = blockTiles();
  const planes = filterPlaneBytes() + planeBytes(dataRowBytes(), block) + planeBytes(productRowBytes(), block);
  return planes * POINTS + patchBytes();
}

/** Tiles that are worked on together: the more, the less often the transformed filter is read. */
function blockTiles(): i32 {
  return min(tileCount(winogradTile()), max(64, min(inChannels(), outChannels()) * 3 / 2));
}

/** Transforms the data of one tile, read where it is, or from a copy with zeros where it hangs over the edges. */
export function gatherData(x: usize, tile: i32, size: i32, y: usize, plane: usize, patch: usize): void {
  const channels = inChannels();
  const pixelPitch = <usize>channels << 2;
  const top = dataTop(tile, size);
  const left = dataLeft(tile, size);
  const image = dataImage(x, tile, size);
  if (isInside(top, left, SIDE, inHeight(), inWidth())) {
    const at = image + <usize>(top * inWidth() + left) * pixelPitch;
    transformData(at, pixelPitch, pixelPitch * inWidth(), channels, y, plane);
  } else {
    cutOut(image, inHeight(), inWidth(), channels, top, left, SIDE, patch);
    transformData(patch, pixelPitch, pixelPitch * SIDE, channels, y, plane);
  }
}

/** Transforms the products of one tile to pixels of the output. */
function putOutput(
  products: usize, plane: usize, bias: usize, activates: bool, y: usize, tile: i32, size: i32, patch: usize,
): void {
  const channels = outChannels();
  const top = tileTop(tile, size);
  const left = tileLeft(tile, size);
  const pixelPitch = <usize>channels << 2;
  const image = y + <usize>(tileImage(tile, size) * outHeight() * outWidth()) * pixelPitch;
  if ((channels & 3) == 0 && isInside(top, left, size, outHeight(), outWidth())) {
    const at = image + <usize>(top * outWidth() + left) * pixelPitch;
    outputTile(products, plane, channels, bias, at, pixelPitch, pixelPitch * outWidth());
    if (activates) activateTile(at, pixelPitch * outWidth(), size, size * channels);
  } else {
    const pitch = <usize>((channels + 3) & -4) << 2;
    outputTile(products, plane, channels, bias, patch, pitch, pitch * size);
    if (activates) activateTile(patch, pitch * size, size, <i32>(pitch >> 2) * size);
    putBack(patch, pitch, size, image, outHeight(), outWidth(), channels, top, left);
  }
}

function outputTile(x: usize, plane: usize, channels: i32, bias: usize, y: usize, pixelPitch: usize, rowPitch: usize): void {
  if (filterHeight() == 3) transformOutput<Four>(x, plane, channels, bias, y, pixelPitch, rowPitch);
  else transformOutput<Two>(x, plane, channels, bias, y, pixelPitch, rowPitch);
}

function activateTile(y: usize, rowPitch: usize, rows: i32, floats: i32): void {
  for (; rows > 0; rows--) {
    relu_f32(y, y, floats);
    y += rowPitch;
  }
}

function transformFilter(filter: usize, packed: usize): void {
  const tap = <usize>(inChannels() * outChannels()) << 2;
  const plane = filterPlaneBytes();
  // Panel by panel, so that each of the 36 matrices is written from its beginning to its end.
  for (let j = 0; j < outChannels(); j += NR) {
    const columns = min(NR, outChannels() - j);
    let from = filter + (<usize>j << 2);
    for (let k = 0; k < inChannels(); k++) {
      if (filterHeight() == 3) transformKernel<Three>(from, tap, tap * 3, columns, packed, plane);
      else transformKernel<Five>(from, tap, tap * 5, columns, packed, plane);
      from += <usize>outChannels() << 2;
      packed += B_STEP;
    }
  }
}

/**
 * Bytes from the matrix of one point to that of the next. A transform writes to all 36 of them at once: a multiple of
 * 4096 would put all of these into one set of the first-level cache.
 */
export function planeBytes(rowBytes: usize, rows: i32): usize {
  return ((rowBytes * rows + 4095) & ~4095) + 64;
}

function filterPlaneBytes(): usize {
  return planeBytes(productRowBytes(), inChannels());
}
export function patchBytes(): usize {
  return <usize>(POINTS * (max(inChannels(), outChannels()) + 3)) << 2;
}

/** Rows of the transformed data, in whole vectors, and of the products, in whole panels. */
export function dataRowBytes(): usize {
  return <usize>((inChannels() + 3) & -4) << 2;
}
export function productRowBytes(): usize {
  return <usize>((outChannels() + NR - 1) / NR * NR) << 2;
}
