import {fillRun} from '../layout/copy';
import {NEAREST, NEIGHBOURS, roundHalfUp, storeNeighbours} from './axis';
import {gatherRows, interpolateRows, rowScratchBytes} from './rows';

/**
 * Bytes of a record of one axis, int32: the first pixel of the crop that lies within the image, how many do, and
 * whether their positions are NaN.
 */
const AXIS: usize = 12;

// @ts-ignore: decorator
@inline
function firstWithin(axis: usize): usize {
  return <usize>load<i32>(axis);
}

// @ts-ignore: decorator
@inline
function countWithin(axis: usize): i32 {
  return load<i32>(axis, 4);
}

// @ts-ignore: decorator
@inline
function isNowhere(axis: usize): bool {
  return load<i32>(axis, 8) != 0;
}

/**
 * Writes the record of an axis, and the table of the pixels of the crop that lie within the image. The newSize pixels
 * of the crop are evenly spaced from `from` to `to`, where the ends of the image are 0 and 1. Those within it are
 * neighbours; either all or none of them have a NaN position.
 */
function cropAxis(
  axis: usize,
  table: usize,
  from: f64,
  to: f64,
  size: i32,
  newSize: i32,
  step: usize,
  nearest: bool,
): void {
  const last = <f64>(size - 1);
  const start = newSize > 1 ? from * last : 0.5 * (from + to) * last;
  const scale = newSize > 1 ? ((to - from) * last) / <f64>(newSize - 1) : 0;
  let first = 0;
  let count = 0;
  let nowhere = false;
  for (let i = 0; i < newSize; i++) {
    const position = start + <f64>i * scale;
    if (position < 0 || position > last) continue;
    if (count == 0) first = i;
    count++;
    if (position != position) {
      nowhere = true;
    } else if (nearest) {
      store<u32>(table, <u32>(<usize>roundHalfUp(position) * step));
      table += NEAREST;
    } else {
      storeNeighbours(table, position, size, step);
      table += NEIGHBOURS;
    }
  }
  store<i32>(axis, first);
  store<i32>(axis, count, 4);
  store<i32>(axis, <i32>nowhere, 8);
}

export function crop_and_resize_f32_scratch_bytes(newHeight: i32, newWidth: i32, channels: i32): f64 {
  const tables = (<f64>newHeight + <f64>newWidth) * <f64>NEIGHBOURS;
  return <f64>(2 * AXIS) + tables + rowScratchBytes(newWidth, channels);
}

/**
 * y[b] = the part of the image boxIndices[b] that boxes[b] = (y1, x1, y2, x2) covers, resized to newHeight x newWidth;
 * images and y are NHWC, float32, of sizes >= 1. The corners of an image are (0, 0) and (1, 1); pixels beyond them get
 * the value `outside`.
 *
 * @returns -1, or the position in boxIndices, int32, of the first that names no image; nothing is written then
 */
export function crop_and_resize_f32(
  images: usize,
  boxes: usize,
  boxIndices: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  boxCount: i32,
  newHeight: i32,
  newWidth: i32,
  nearest: bool,
  outside: f32,
  scratch: usize,
): i32 {
  for (let b = 0; b < boxCount; b++) {
    if (load<u32>(boxIndices + ((<usize>b) << 2)) >= <u32>batch) return b;
  }
  const pixelBytes = (<usize>channels) << 2;
  const xPitch = <usize>width * pixelBytes;
  const yPitch = <usize>newWidth * pixelBytes;
  const crop = <usize>newHeight * yPitch;
  const rowAxis = scratch;
  const colAxis = scratch + AXIS;
  const rowTable = colAxis + AXIS;
  const colTable = rowTable + <usize>newHeight * NEIGHBOURS;
  const rows = colTable + <usize>newWidth * NEIGHBOURS;
  while (boxCount > 0) {
    cropAxis(rowAxis, rowTable, load<f32>(boxes), load<f32>(boxes, 8), height, newHeight, xPitch, nearest);
    cropAxis(colAxis, colTable, load<f32>(boxes, 4), load<f32>(boxes, 12), width, newWidth, pixelBytes, nearest);
    const rowCount = countWithin(rowAxis);
    const colCount = countWithin(colAxis);
    if (rowCount < newHeight || colCount < newWidth) fillRun(y, reinterpret<i32>(outside), crop);
    const x = images + <usize>load<u32>(boxIndices) * <usize>height * xPitch;
    let to = y + firstWithin(rowAxis) * yPitch + firstWithin(colAxis) * pixelBytes;
    if (isNowhere(rowAxis) || isNowhere(colAxis)) {
      for (let r = 0; r < rowCount; r++) {
        fillRun(to, reinterpret<i32>(f32.NaN), <usize>colCount * pixelBytes);
        to += yPitch;
      }
    } else if (nearest) {
      gatherRows(x, to, yPitch, rowTable, rowCount, colTable, colCount, pixelBytes);
    } else {
      interpolateRows(x, to, yPitch, rowTable, rowCount, colTable, colCount, pixelBytes, rows);
    }
    boxes += 16;
    boxIndices += 4;
    y += crop;
    boxCount--;
  }
  return -1;
}
