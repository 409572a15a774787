/** From the products of a tile to its pixels. */
import {Geometry2D} from '../geometry';
import {copyFloats} from '../source';
import {WinogradJob} from './forward_job';
import {SIDE} from './gather';
import {activateExactly} from './near_zeros';
import {tileHeight, tileImage, tileLeft, tileTop, tileWidth} from './tiles';
import {transformOutput} from './transform';
import {restoreZeros} from './zeros';

/** The output transform of one tile, from its row of the products to pixels of y; and its relu, if `near` is not 0. */
export function putOutput(
  job: WinogradJob,
  products: usize,
  plane: usize,
  tile: i32,
  size: i32,
  patch: usize,
  pixels: u64,
  near: usize,
): void {
  const g = job.geometry;
  const bias = job.bias;
  const channels = g.outChannels;
  const pixelPitch = (<usize>channels) << 2;
  const rowPitch = pixelPitch * g.outWidth;
  const image = tileImage(g, tile, size);
  const top = tileTop(g, tile, size);
  const left = tileLeft(g, tile, size);
  const rows = tileHeight(g, tile, size);
  const columns = tileWidth(g, tile, size);
  const rowPoints = rows + SIDE - size;
  const columnPoints = columns + SIDE - size;
  const at = job.y + <usize>((image * g.outHeight + top) * g.outWidth + left) * pixelPitch;
  if ((channels & 3) == 0) {
    transformOutput(products, plane, rowPoints, columnPoints, channels, bias, at, pixelPitch, rowPitch, rows, columns);
  } else {
    const pitch = (<usize>((channels + 3) & -4)) << 2;
    transformOutput(
      products,
      plane,
      rowPoints,
      columnPoints,
      channels,
      bias,
      patch,
      pitch,
      pitch * columns,
      rows,
      columns,
    );
    copyTile(g, patch, pitch, at, rowPitch, rows, columns);
  }
  restoreZeros(g, pixels, bias, at, rowPitch, rows, columns);
  if (near) {
    const source = job.x + ((<usize>image * <usize>(g.inHeight * g.inWidth * g.inChannels)) << 2);
    activateExactly(g, source, job.filter, bias, at, top, left, rows, columns, near);
  }
}

/** Copies a tile, whose pixels are `pitch` bytes apart, to y. */
function copyTile(g: Geometry2D, patch: usize, pitch: usize, y: usize, rowPitch: usize, rows: i32, columns: i32): void {
  for (; rows > 0; rows--) {
    let to = y;
    for (let c = 0; c < columns; c++) {
      copyFloats(patch, to, g.outChannels);
      patch += pitch;
      to += (<usize>g.outChannels) << 2;
    }
    y += rowPitch;
  }
}
