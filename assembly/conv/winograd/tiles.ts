/**
 * The tiles of a convolution by minimal filtering: the output of each image in squares of `size` pixels. Tiles in the
 * last row and column of an image may be smaller: partial. Tiles are numbered through columns, rows and images, and
 * processed in blocks of whole rows of tiles.
 *
 * Partial tiles lack some of the points. In the matrices of a block tiles are ordered so that those that have a point
 * are contiguous, whichever point it is:
 *
 *   1. of the full rows, the tiles of partial width
 *   2. of the full rows, the tiles of full width
 *   3. of the partial rows, the tiles of full width
 *   4. of the partial rows, the tiles of partial width
 */

import {MR} from '../../tuning';
import {Geometry2D} from '../geometry';
import {hasPoint} from './transform';

function tileRows(g: Geometry2D, size: i32): i32 {
  return (g.outHeight + size - 1) / size;
}
export function tileColumns(g: Geometry2D, size: i32): i32 {
  return (g.outWidth + size - 1) / size;
}

/** The first output row of a tile, its first output column, and its image. */
// @ts-ignore: decorator
@inline
export function tileTop(g: Geometry2D, tile: i32, size: i32): i32 {
  return ((tile / tileColumns(g, size)) % tileRows(g, size)) * size;
}
// @ts-ignore: decorator
@inline
export function tileLeft(g: Geometry2D, tile: i32, size: i32): i32 {
  return (tile % tileColumns(g, size)) * size;
}
// @ts-ignore: decorator
@inline
export function tileImage(g: Geometry2D, tile: i32, size: i32): i32 {
  return tile / (tileColumns(g, size) * tileRows(g, size));
}

/** The height and width of a tile in output pixels. */
// @ts-ignore: decorator
@inline
export function tileHeight(g: Geometry2D, tile: i32, size: i32): i32 {
  return min(size, g.outHeight - tileTop(g, tile, size));
}
// @ts-ignore: decorator
@inline
export function tileWidth(g: Geometry2D, tile: i32, size: i32): i32 {
  return min(size, g.outWidth - tileLeft(g, tile, size));
}

/**
 * Rows of tiles in a block of about `tiles` tiles; from MR rows on a multiple of MR, so that no register tile has empty
 * rows. And the rows of tiles of all images.
 */
export function blockRows(g: Geometry2D, tiles: i32, size: i32): i32 {
  const rows = (tiles + tileColumns(g, size) - 1) / tileColumns(g, size);
  return min(allRows(g, size), rows < MR ? rows : (rows / MR) * MR);
}
export function allRows(g: Geometry2D, size: i32): i32 {
  return g.batchSize * tileRows(g, size);
}

/** Tiles of full width in a row, and tiles of partial width, 0 or 1. */
// @ts-ignore: decorator
@inline
function wholeColumns(g: Geometry2D, size: i32): i32 {
  return g.outWidth / size;
}
// @ts-ignore: decorator
@inline
function edgeColumns(g: Geometry2D, size: i32): i32 {
  return tileColumns(g, size) - wholeColumns(g, size);
}

/** Of `rows` rows of tiles from row `first` on, how many are of full height. */
export function wholeRows(g: Geometry2D, first: i32, rows: i32, size: i32): i32 {
  if (g.outHeight % size == 0) return rows;
  let whole = 0;
  for (let row = first; row < first + rows; row++) if (row % tileRows(g, size) < tileRows(g, size) - 1) whole++;
  return whole;
}

/** slots[t] = the row of the block's matrices that tile t of the block has. */
export function fillSlots(g: Geometry2D, slots: usize, first: i32, rows: i32, size: i32): void {
  const columns = wholeColumns(g, size);
  const edge = edgeColumns(g, size);
  const whole = wholeRows(g, first, rows, size);
  let corner = 0;
  let inner = whole * edge;
  let lower = whole * tileColumns(g, size);
  let last = lower + (rows - whole) * columns;
  for (let row = first; row < first + rows; row++) {
    const isLower = g.outHeight % size != 0 && row % tileRows(g, size) == tileRows(g, size) - 1;
    let slot = isLower ? lower : inner;
    for (let column = 0; column < columns; column++) {
      store<i32>(slots, slot++);
      slots += 4;
    }
    if (isLower) lower = slot;
    else inner = slot;
    if (edge) {
      store<i32>(slots, isLower ? last++ : corner++);
      slots += 4;
    }
  }
}

/**
 * The rows of a block's matrices that have a point 0 .. 35: the first, and the one after the last; `whole` is
 * wholeRows().
 */
export function firstSlot(g: Geometry2D, point: i32, whole: i32, size: i32): i32 {
  return isShared(point % 6, g.outWidth, size) ? 0 : whole * edgeColumns(g, size);
}
export function endSlot(g: Geometry2D, point: i32, whole: i32, rows: i32, size: i32): i32 {
  const above = whole * tileColumns(g, size);
  if (!isShared(point / 6, g.outHeight, size)) return above;
  const columns = isShared(point % 6, g.outWidth, size) ? tileColumns(g, size) : wholeColumns(g, size);
  return above + (rows - whole) * columns;
}

/**
 * Whether all tiles along an axis of `pixels` pixels have the point of this index, the partial one at the edge
 * included.
 */
// @ts-ignore: decorator
@inline
function isShared(index: i32, pixels: i32, size: i32): bool {
  return pixels % size == 0 || hasPoint(index, (pixels % size) + 6 - size);
}
