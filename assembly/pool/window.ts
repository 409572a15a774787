/**
 * The windows of a pooling, NHWC, over the geometry in PARAMS (see conv/geometry.ts; dilations are 1). A window is cut
 * at the edges of the image: padding is not read and does not count.
 */
import {filterHeight, filterWidth, inHeight, inWidth, outWidth, padLeft, padTop, strideHeight, strideWidth} from '../conv/geometry';

/** The first row of the image that the windows of output row `oy` cover. */
// @ts-ignore: decorator
@inline
export function firstRow(oy: i32): i32 {
  return max(0, oy * strideHeight() - padTop());
}

/** How many rows they cover, from there on; 0 where all are padding. */
// @ts-ignore: decorator
@inline
export function rowCount(oy: i32): i32 {
  return max(0, min(inHeight(), oy * strideHeight() - padTop() + filterHeight()) - firstRow(oy));
}

/** The first column of the image that the windows of output column `ox` cover. */
// @ts-ignore: decorator
@inline
export function firstColumn(ox: i32): i32 {
  return max(0, ox * strideWidth() - padLeft());
}

/** How many columns they cover, from there on; 0 where all are padding. */
// @ts-ignore: decorator
@inline
export function columnCount(ox: i32): i32 {
  return max(0, min(inWidth(), ox * strideWidth() - padLeft() + filterWidth()) - firstColumn(ox));
}

/** The first output column whose windows the left edge does not cut. */
export function firstWhole(): i32 {
  return min(outWidth(), (padLeft() + strideWidth() - 1) / strideWidth());
}

/** The output column, after the first whole one, from which on the right edge cuts the windows. */
export function endOfWhole(): i32 {
  const room = inWidth() + padLeft() - filterWidth();
  const end = room < 0 ? 0 : room / strideWidth() + 1;
  return max(firstWhole(), min(outWidth(), end));
}
