/** Strips of dy, from which rows of dx are computed; and the sums of these rows. */
import {Geometry2D} from '../geometry';
import {blockChannels, multiplier, PIXEL_BYTES, planeBytes, planeCount, stepsOfStrip, stripBytes} from './strip';

/** Rows of dx that one strip of dy serves: whole strides, so that phases begin at the same rows in each strip. */
export function inRowsOfStrip(g: Geometry2D): i32 {
  const steps = (g.inHeight + g.strideHeight - 1) / g.strideHeight;
  return min(g.inHeight, stepsOfStrip(g, steps, dyRows(g, g.strideHeight), 1, dyColumns(g)) * g.strideHeight);
}

/** Rows of dy that a strip needs for `rows` rows of dx, and columns for whole rows of dx. */
export function dyRows(g: Geometry2D, rows: i32): i32 {
  return readers(rows, g.filterHeight, g.strideHeight, g.padTop);
}
export function dyColumns(g: Geometry2D): i32 {
  return readers(g.inWidth, g.filterWidth, g.strideWidth, g.padLeft);
}

/** Rows and columns of a strip before the first pixel of dy. */
export function rowsAbove(g: Geometry2D): i32 {
  return (g.filterHeight - 1) / g.strideHeight - lastReader(g.padTop, g.strideHeight);
}
export function columnsBefore(g: Geometry2D): i32 {
  return (g.filterWidth - 1) / g.strideWidth - lastReader(g.padLeft, g.strideWidth);
}

/**
 * Along one axis, the number of outputs from the first that reads element 0 to the last that reads element size - 1.
 */
function readers(size: i32, filter: i32, stride: i32, padding: i32): i32 {
  return lastReader(size - 1 + padding, stride) - lastReader(padding, stride) + (filter - 1) / stride + 1;
}

/** Along one axis, the last output whose first tap is at or before this index of the padded input. */
export function lastReader(index: i32, stride: i32): i32 {
  return (index >= 0 ? index : index - stride + 1) / stride;
}

export function dyPlaneBytes(g: Geometry2D): usize {
  return planeBytes(dyRows(g, inRowsOfStrip(g)), dyColumns(g));
}
export function dyStripBytes(g: Geometry2D): usize {
  return stripBytes(g, dyRows(g, inRowsOfStrip(g)), dyColumns(g));
}

/**
 * With a channel multiplier > 1 the sums of a strip for each output channel; otherwise none, and sums go to dx itself.
 */
export function sumBytes(g: Geometry2D): usize {
  return multiplier(g) > 1 ? <usize>(inRowsOfStrip(g) * g.inWidth) * sumPixelBytes(g) : 0;
}
export function sumPixelBytes(g: Geometry2D): usize {
  return multiplier(g) > 1 ? <usize>planeCount(blockChannels(g)) * PIXEL_BYTES : (<usize>g.inChannels) << 2;
}
