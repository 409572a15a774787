/**
 * The tiles of a convolution, for the geometry in PARAMS: the output of every image in squares of `size` pixels, and what
 * remains at its lower and right edge in smaller ones. Tiles are counted through columns, rows and images, and worked on
 * in blocks of rows of them.
 *
 * A tile at an edge has fewer points. In the matrices of a block the tiles have an order in which those that have a point
 * follow one another, whichever it is: of the rows above the lower edge the tile at the right edge, then the others; of
 * those at the lower edge the others, then the one at the right edge.
 */
import {batchSize, outHeight, outWidth} from '../geometry';
import {MR} from '../../tuning';
import {hasPoint} from './transform';

export function tileRows(size: i32): i32 {
  return (outHeight() + size - 1) / size;
}
export function tileColumns(size: i32): i32 {
  return (outWidth() + size - 1) / size;
}

/** The row of the output that a tile begins with, its column, and its image. */
// @ts-ignore: decorator
@inline
export function tileTop(tile: i32, size: i32): i32 {
  return tile / tileColumns(size) % tileRows(size) * size;
}
// @ts-ignore: decorator
@inline
export function tileLeft(tile: i32, size: i32): i32 {
  return tile % tileColumns(size) * size;
}
// @ts-ignore: decorator
@inline
export function tileImage(tile: i32, size: i32): i32 {
  return tile / (tileColumns(size) * tileRows(size));
}

/** How many pixels of the output are in a tile. */
// @ts-ignore: decorator
@inline
export function tileHeight(tile: i32, size: i32): i32 {
  return min(size, outHeight() - tileTop(tile, size));
}
// @ts-ignore: decorator
@inline
export function tileWidth(tile: i32, size: i32): i32 {
  return min(size, outWidth() - tileLeft(tile, size));
}

/** Rows of tiles in a block of about so many tiles, which leave no row of a micro-tile empty; and in all images. */
export function blockRows(tiles: i32, size: i32): i32 {
  const rows = (tiles + tileColumns(size) - 1) / tileColumns(size);
  return min(allRows(size), rows < MR ? rows : rows / MR * MR);
}
export function allRows(size: i32): i32 {
  return batchSize() * tileRows(size);
}

/** Tiles of a row that are not at the right edge, or end there as whole ones; and whether there is one that does not. */
// @ts-ignore: decorator
@inline
function wholeColumns(size: i32): i32 {
  return outWidth() / size;
}
// @ts-ignore: decorator
@inline
function edgeColumns(size: i32): i32 {
  return tileColumns(size) - wholeColumns(size);
}

/** Of `rows` rows from the row `first` on, those that are whole. */
export function wholeRows(first: i32, rows: i32, size: i32): i32 {
  if (outHeight() % size == 0) return rows;
  let whole = 0;
  for (let row = first; row < first + rows; row++) if (row % tileRows(size) < tileRows(size) - 1) whole++;
  return whole;
}

/** slots[t] = the row of the block's matrices that has tile t of the block. */
export function fillSlots(slots: usize, first: i32, rows: i32, size: i32): void {
  const columns = wholeColumns(size);
  const edge = edgeColumns(size);
  const whole = wholeRows(first, rows, size);
  let corner = 0;
  let inner = whole * edge;
  let lower = whole * tileColumns(size);
  let last = lower + (rows - whole) * columns;
  for (let row = first; row < first + rows; row++) {
    const isLower = outHeight() % size != 0 && row % tileRows(size) == tileRows(size) - 1;
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
export function firstSlot(point: i32, whole: i32, size: i32): i32 {
  return isShared(point % 6, outWidth(), size) ? 0 : whole * edgeColumns(size);
}
export function endSlot(point: i32, whole: i32, rows: i32, size: i32): i32 {
  const above = whole * tileColumns(size);
  if (!isShared(point / 6, outHeight(), size)) return above;
  const columns = isShared(point % 6, outWidth(), size) ? tileColumns(size) : wholeColumns(size);
  return above + (rows - whole) * columns;
}

/** Whether the tile at the edge of so many pixels, if it is a smaller one, has a point too. */
// @ts-ignore: decorator
@inline
function isShared(index: i32, pixels: i32, size: i32): bool {
  return pixels % size == 0 || hasPoint(index, pixels % size + 6 - size);
}
