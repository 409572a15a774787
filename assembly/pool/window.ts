/**
 * The windows of a 2D pooling, NHWC, with dilations of 1. A window is clipped at the edges of the image: padding is not
 * read and does not count.
 */
import {Geometry2D} from '../conv/geometry';
import {COPY_CHUNK_FLOATS} from '../threads/chunks';
import {itemsOf} from '../threads/pool';

/** The first row of the image that the windows of output row `oy` cover. */
// @ts-ignore: decorator
@inline
export function firstRow(g: Geometry2D, oy: i32): i32 {
  return max(0, oy * g.strideHeight - g.padTop);
}

/** How many rows they cover, from there on; 0 where all are padding. */
// @ts-ignore: decorator
@inline
export function rowCount(g: Geometry2D, oy: i32): i32 {
  return max(0, min(g.inHeight, oy * g.strideHeight - g.padTop + g.filterHeight) - firstRow(g, oy));
}

/** The first column of the image that the windows of output column `ox` cover. */
// @ts-ignore: decorator
@inline
export function firstColumn(g: Geometry2D, ox: i32): i32 {
  return max(0, ox * g.strideWidth - g.padLeft);
}

/** How many columns they cover, from there on; 0 where all are padding. */
// @ts-ignore: decorator
@inline
export function columnCount(g: Geometry2D, ox: i32): i32 {
  return max(0, min(g.inWidth, ox * g.strideWidth - g.padLeft + g.filterWidth) - firstColumn(g, ox));
}

/** The first output column whose windows the left edge does not clip. */
export function firstWhole(g: Geometry2D): i32 {
  return min(g.outWidth, (g.padLeft + g.strideWidth - 1) / g.strideWidth);
}

/** The first output column, from firstWhole() on, whose windows the right edge clips. */
export function endOfWhole(g: Geometry2D): i32 {
  const room = g.inWidth + g.padLeft - g.filterWidth;
  const end = room < 0 ? 0 : room / g.strideWidth + 1;
  return max(firstWhole(g), min(g.outWidth, end));
}

/** Images of a chunk that a thread pools, or whose gradients it computes. */
export function imagesOfChunk(g: Geometry2D): i32 {
  return itemsOf(COPY_CHUNK_FLOATS, <f64>g.outPixels() * <f64>(g.filterHeight * g.filterWidth) * <f64>g.inChannels);
}
