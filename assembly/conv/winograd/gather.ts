/** The data of a block of tiles, transformed: the matrices of its 36 points; and what else is kept of its tiles. */
import {panelRowBytes} from '../../gemm/pack';
import {Geometry2D} from '../geometry';
import {padImages} from '../source';
import {tileHeight, tileImage, tileLeft, tileTop, tileWidth} from './tiles';
import {transformData} from './transform';
import {mapBytes, mapPixels, tilePixels} from './zeros';

/** Points of a full tile, SIDE x SIDE. */
export const POINTS: i32 = 36;
export const SIDE: i32 = 6;

/**
 * The data transform of some channels of all tiles of a block, each to the row of the matrices that `slots` has for it
 * (see fillSlots); `padded` is the buffer for one padded image. If `map`, the buffer for one image's map, is not 0, it
 * notes which pixels of each tile are zero (see zeros.ts) at `pixels`.
 */
export function gatherData(
  g: Geometry2D,
  x: usize,
  firstTile: i32,
  tiles: i32,
  size: i32,
  firstChannel: i32,
  channels: i32,
  slots: usize,
  data: usize,
  plane: usize,
  padded: usize,
  pixels: usize,
  map: usize,
): void {
  const pixelPitch = (<usize>g.inChannels) << 2;
  let image = -1;
  let source = x;
  for (let tile = firstTile; tile < firstTile + tiles; tile++) {
    if (tileImage(g, tile, size) != image) {
      image = tileImage(g, tile, size);
      source = padImages(g, x + <usize>image * (<usize>(g.inHeight * g.inWidth) * pixelPitch), 1, padded);
      if (map) mapPixels(g, source, map);
    }
    const pixel = <usize>tileTop(g, tile, size) * g.sourceRowBytes() + <usize>tileLeft(g, tile, size) * pixelPitch;
    const at = source + pixel + ((<usize>firstChannel) << 2);
    const rows = tileHeight(g, tile, size) + SIDE - size;
    const columns = tileWidth(g, tile, size) + SIDE - size;
    const to = data + <usize>load<i32>(slots) * dataRowBytes(channels);
    transformData(at, pixelPitch, g.sourceRowBytes(), rows, columns, channels, to, plane);
    slots += 4;
    if (map) {
      const word = tilePixels(g, map, tileTop(g, tile, size), tileLeft(g, tile, size), rows, columns);
      store<u64>(pixels, word);
      pixels += 8;
    }
  }
}

/** Bytes of what is kept of the tiles of a block: slots, and which pixels are zero. */
export function tileBytes(g: Geometry2D, tiles: i32): usize {
  return <usize>tiles * 12 + mapBytes(g);
}

/**
 * Bytes from the matrix of one point to that of the next. A transform writes to all 36 of them at once: with a multiple
 * of 4096 all its stores would go to one set of the first-level cache.
 */
export function planeBytes(rowBytes: usize, rows: i32): usize {
  return ((rowBytes * rows + 4095) & ~4095) + 64;
}

export function patchBytes(g: Geometry2D): usize {
  return (<usize>(POINTS * (max(g.inChannels, g.outChannels) + 3))) << 2;
}

/** Row strides in bytes: of the transformed data, in whole vectors, and of the products, in whole panels. */
export function dataRowBytes(channels: i32): usize {
  return (<usize>((channels + 3) & -4)) << 2;
}
export function productRowBytes(g: Geometry2D): usize {
  return panelRowBytes(g.outChannels);
}
