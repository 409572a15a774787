/**
 * The tiles of a convolution, for the geometry in PARAMS: the output of every image in squares of `size` pixels, and what
 * remains at its lower and right edge in smaller ones. Tiles are counted through columns, rows and images, and worked on
 * in blocks of rows of them.
 *
 * A tile at an edge has fewer points. In the matrices of a block the tiles have an order in which those that have a point
 * follow one another, whichever it is: of the rows above the lower edge the tile at the right edge, then the others; of
 * those at the lower edge the others, then the one at the right edge.
 */

import {MR} from '../../tuning';
import {Geometry2D} from '../geometry';
import {hasPoint} from './transform';

export function tileRows(g: Geometry2D, size: i32): i32 {
  return (g.outHeight + size - 1) / size;
}
export function tileColumns(g: Geometry2D, size: i32): i32 {
  return (g.outWidth + size - 1) / size;
}

/** The row of the output that a tile begins with, its column, and its image. */
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

/** How many pixels of the output are in a tile. */
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

/** Rows of tiles in a block of about so many tiles, which leave no row of a micro-tile empty; and in all images. */
export function blockRows(g: Geometry2D, tiles: i32, size: i32): i32 {
  const rows = (tiles + tileColumns(g, size) - 1) / tileColumns(g, size);
  return min(allRows(g, size), rows < MR ? rows : (rows / MR) * MR);
}
export function allRows(g: Geometry2D, size: i32): i32 {
  return g.batchSize * tileRows(g, size);
}

/** Tiles of a row that are not at the right edge, or end there as whole ones; and whether there is one that does not. */
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

/** Of `rows` rows from the row `first` on, those that are whole. */
export function wholeRows(g: Geometry2D, first: i32, rows: i32, size: i32): i32 {
  if (g.outHeight % size == 0) return rows;
  let whole = 0;
  for (let row = first; row < first + rows; row++) if (row % tileRows(g, size) < tileRows(g, size) - 1) whole++;
  return whole;
}

/** slots[t] = the row of the block's matrices that has tile t of the block. */
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

/** The first row of a block's matrix for a point, 0 .. 35, and the one after the last; `whole` of its rows are whole. */
export function firstSlot(g: Geometry2D, point: i32, whole: i32, size: i32): i32 {
  return isShared(point % 6, g.outWidth, size) ? 0 : whole * edgeColumns(g, size);
}
export function endSlot(g: Geometry2D, point: i32, whole: i32, rows: i32, size: i32): i32 {
  const above = whole * tileColumns(g, size);
  if (!isShared(point / 6, g.outHeight, size)) return above;
  const columns = isShared(point % 6, g.outWidth, size) ? tileColumns(g, size) : wholeColumns(g, size);
  return above + (rows - whole) * columns;
}

/** Whether the tile at the edge of so many pixels, if it is a smaller one, has a point too. */
// @ts-ignore: decorator
@inline
function isShared(index: i32, pixels: i32, size: i32): bool {
  return pixels % size == 0 || hasPoint(index, (pixels % size) + 6 - size);
}
