/**
 * y = images x, both NHWC, resized from height x width to newHeight x newWidth. Sizes are >= 1.
 *
 * alignCorners      the centres of the corner pixels of both images coincide, not the corners of the images
 * halfPixelCenters  the position of a pixel is its centre, not its corner; alignCorners is false then
 */
import {NEAREST, NEIGHBOURS, nearestTable, neighbourTable} from './axis';
import {gatherRows, interpolateRows, rowScratchBytes} from './rows';

export function resize_nearest_scratch_bytes(newHeight: i32, newWidth: i32): f64 {
  return (<f64>newHeight + <f64>newWidth) * <f64>NEAREST;
}

/** Each pixel, of pixelBytes bytes, is the nearest one of x. */
export function resize_nearest(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  newHeight: i32,
  newWidth: i32,
  pixelBytes: usize,
  alignCorners: bool,
  halfPixelCenters: bool,
  scratch: usize,
): void {
  const xPitch = <usize>width * pixelBytes;
  const yPitch = <usize>newWidth * pixelBytes;
  const colTable = scratch + <usize>newHeight * NEAREST;
  nearestTable(scratch, height, newHeight, xPitch, alignCorners, halfPixelCenters);
  nearestTable(colTable, width, newWidth, pixelBytes, alignCorners, halfPixelCenters);
  while (batch > 0) {
    gatherRows(x, y, yPitch, scratch, newHeight, colTable, newWidth, pixelBytes);
    x += <usize>height * xPitch;
    y += <usize>newHeight * yPitch;
    batch--;
  }
}

export function resize_bilinear_f32_scratch_bytes(newHeight: i32, newWidth: i32, channels: i32): f64 {
  return (<f64>newHeight + <f64>newWidth) * <f64>NEIGHBOURS + rowScratchBytes(newWidth, channels);
}

/** Each pixel is interpolated between the four of x around it; float32. */
export function resize_bilinear_f32(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  newHeight: i32,
  newWidth: i32,
  channels: i32,
  alignCorners: bool,
  halfPixelCenters: bool,
  scratch: usize,
): void {
  const pixelBytes = (<usize>channels) << 2;
  const xPitch = <usize>width * pixelBytes;
  const yPitch = <usize>newWidth * pixelBytes;
  const colTable = scratch + <usize>newHeight * NEIGHBOURS;
  const rows = colTable + <usize>newWidth * NEIGHBOURS;
  neighbourTable(scratch, height, newHeight, xPitch, alignCorners, halfPixelCenters);
  neighbourTable(colTable, width, newWidth, pixelBytes, alignCorners, halfPixelCenters);
  while (batch > 0) {
    interpolateRows(x, y, yPitch, scratch, newHeight, colTable, newWidth, pixelBytes, rows);
    x += <usize>height * xPitch;
    y += <usize>newHeight * yPitch;
    batch--;
  }
}
