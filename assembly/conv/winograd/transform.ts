/**
 * The transforms in two dimensions: those of line.ts down the columns, then along the rows. Each of the 36 points has a
 * matrix of its own, `plane` bytes after the one before; points that a tile lacks are neither written nor read. All
 * process `channels` floats, in whole vectors.
 */
import {fixedScratch} from '../../memory';
import {countOf, dataLine, Five, Four, kernelLine, One, outputLine, Six, Three, Two} from './line';

/** Row stride of the 6 x 6 vectors that fixedScratch holds between the two passes. */
const ROW: usize = 6 * 16;

/**
 * Data transform of rowPoints x columnPoints pixels to as many points. Pixels are pixelPitch bytes apart, rows
 * rowPitch.
 */
export function transformData(
  x: usize,
  pixelPitch: usize,
  rowPitch: usize,
  rowPoints: i32,
  columnPoints: i32,
  channels: i32,
  y: usize,
  plane: usize,
): void {
  if (rowPoints == 6 && columnPoints == 6) {
    transformWholeData(x, pixelPitch, rowPitch, channels, y, plane);
    return;
  }
  for (; channels > 0; channels -= 4) {
    if (rowPoints == 6) edgeDataColumns<Six>(x, pixelPitch, rowPitch, columnPoints);
    else if (rowPoints == 5) edgeDataColumns<Five>(x, pixelPitch, rowPitch, columnPoints);
    else if (rowPoints == 4) edgeDataColumns<Four>(x, pixelPitch, rowPitch, columnPoints);
    else edgeDataColumns<Three>(x, pixelPitch, rowPitch, columnPoints);
    if (columnPoints == 6) edgeDataRows<Six>(rowPoints, y, plane);
    else if (columnPoints == 5) edgeDataRows<Five>(rowPoints, y, plane);
    else if (columnPoints == 4) edgeDataRows<Four>(rowPoints, y, plane);
    else edgeDataRows<Three>(rowPoints, y, plane);
    x += 16;
    y += 16;
  }
}

/** The same for a full tile, in one function: a call for each pass takes 5 % of a convolution's time. */
function transformWholeData(x: usize, pixelPitch: usize, rowPitch: usize, channels: i32, y: usize, plane: usize): void {
  for (; channels > 0; channels -= 4) {
    dataColumns<Six>(x, pixelPitch, rowPitch, 6);
    dataRows<Six>(6, y, plane);
    x += 16;
    y += 16;
  }
}

function edgeDataColumns<Points>(x: usize, pixelPitch: usize, rowPitch: usize, columns: i32): void {
  dataColumns<Points>(x, pixelPitch, rowPitch, columns);
}
function edgeDataRows<Points>(rowPoints: i32, y: usize, plane: usize): void {
  dataRows<Points>(rowPoints, y, plane);
}

// @ts-ignore: decorator
@inline
function dataColumns<Points>(x: usize, pixelPitch: usize, rowPitch: usize, columns: i32): void {
  const end = fixedScratch + ((<usize>columns) << 4);
  for (let to = fixedScratch; to < end; to += 16) {
    dataLine<Points>(x, rowPitch, to, ROW);
    x += pixelPitch;
  }
}

// @ts-ignore: decorator
@inline
function dataRows<Points>(rowPoints: i32, y: usize, plane: usize): void {
  for (let row: usize = 0; row < 6; row++) {
    if (hasPoint(<i32>row, rowPoints)) dataLine<Points>(fixedScratch + row * ROW, 16, y + row * 6 * plane, plane);
  }
}

/**
 * Filter transform of rowTaps x columnTaps taps to all 36 points. Taps are tapPitch bytes apart, their rows rowPitch.
 */
export function transformKernel(
  g: usize,
  tapPitch: usize,
  rowPitch: usize,
  rowTaps: i32,
  columnTaps: i32,
  channels: i32,
  y: usize,
  plane: usize,
): void {
  for (; channels > 0; channels -= 4) {
    if (rowTaps == 3) kernelColumns<Three>(g, tapPitch, rowPitch, columnTaps);
    else if (rowTaps == 4) kernelColumns<Four>(g, tapPitch, rowPitch, columnTaps);
    else if (rowTaps == 5) kernelColumns<Five>(g, tapPitch, rowPitch, columnTaps);
    else if (rowTaps == 2) kernelColumns<Two>(g, tapPitch, rowPitch, columnTaps);
    else kernelColumns<One>(g, tapPitch, rowPitch, columnTaps);
    if (columnTaps == 3) kernelRows<Three>(y, plane);
    else if (columnTaps == 4) kernelRows<Four>(y, plane);
    else if (columnTaps == 5) kernelRows<Five>(y, plane);
    else if (columnTaps == 2) kernelRows<Two>(y, plane);
    else kernelRows<One>(y, plane);
    g += 16;
    y += 16;
  }
}

function kernelColumns<Taps>(g: usize, tapPitch: usize, rowPitch: usize, columns: i32): void {
  const end = fixedScratch + ((<usize>columns) << 4);
  for (let to = fixedScratch; to < end; to += 16) {
    kernelLine<Taps>(g, rowPitch, to, ROW);
    g += tapPitch;
  }
}

function kernelRows<Taps>(y: usize, plane: usize): void {
  for (let row: usize = 0; row < 6; row++) kernelLine<Taps>(fixedScratch + row * ROW, 16, y + row * 6 * plane, plane);
}

/** Output transform of a tile's points to rows x columns pixels, plus `channels` floats at `bias` if that is not 0. */
export function transformOutput(
  x: usize,
  plane: usize,
  rowPoints: i32,
  columnPoints: i32,
  channels: i32,
  bias: usize,
  y: usize,
  pixelPitch: usize,
  rowPitch: usize,
  rows: i32,
  columns: i32,
): void {
  if (rows == 4 && columns == 4) {
    transformSquare<Four>(x, plane, channels, bias, y, pixelPitch, rowPitch);
    return;
  }
  if (rows == 2 && columns == 2 && rowPoints == 6 && columnPoints == 6) {
    transformSquare<Two>(x, plane, channels, bias, y, pixelPitch, rowPitch);
    return;
  }
  for (; channels > 0; channels -= 4) {
    const start = bias ? v128.load(bias) : f32x4.splat(0);
    if (rows == 4) edgeOutputColumns<Six, Four>(x, plane, columnPoints);
    else if (rows == 3 && rowPoints == 6) edgeOutputColumns<Six, Three>(x, plane, columnPoints);
    else if (rows == 3) edgeOutputColumns<Five, Three>(x, plane, columnPoints);
    else if (rows == 2 && rowPoints == 6) edgeOutputColumns<Six, Two>(x, plane, columnPoints);
    else if (rows == 2) edgeOutputColumns<Four, Two>(x, plane, columnPoints);
    else if (rows == 5) edgeOutputColumns<Six, Five>(x, plane, columnPoints);
    else if (rowPoints == 5) edgeOutputColumns<Five, One>(x, plane, columnPoints);
    else edgeOutputColumns<Three, One>(x, plane, columnPoints);
    if (columns == 4) edgeOutputRows<Six, Four>(rows, y, pixelPitch, rowPitch, start);
    else if (columns == 3 && columnPoints == 6) edgeOutputRows<Six, Three>(rows, y, pixelPitch, rowPitch, start);
    else if (columns == 3) edgeOutputRows<Five, Three>(rows, y, pixelPitch, rowPitch, start);
    else if (columns == 2 && columnPoints == 6) edgeOutputRows<Six, Two>(rows, y, pixelPitch, rowPitch, start);
    else if (columns == 2) edgeOutputRows<Four, Two>(rows, y, pixelPitch, rowPitch, start);
    else if (columns == 5) edgeOutputRows<Six, Five>(rows, y, pixelPitch, rowPitch, start);
    else if (columnPoints == 5) edgeOutputRows<Five, One>(rows, y, pixelPitch, rowPitch, start);
    else edgeOutputRows<Three, One>(rows, y, pixelPitch, rowPitch, start);
    x += 16;
    y += 16;
    if (bias) bias += 16;
  }
}

/** The same for a full square tile, in one function. */
function transformSquare<Outputs>(
  x: usize,
  plane: usize,
  channels: i32,
  bias: usize,
  y: usize,
  pixelPitch: usize,
  rowPitch: usize,
): void {
  for (; channels > 0; channels -= 4) {
    const start = bias ? v128.load(bias) : f32x4.splat(0);
    outputColumns<Six, Outputs>(x, plane, 6);
    outputRows<Six, Outputs>(countOf<Outputs>(), y, pixelPitch, rowPitch, start);
    x += 16;
    y += 16;
    if (bias) bias += 16;
  }
}

function edgeOutputColumns<Points, Outputs>(x: usize, plane: usize, columnPoints: i32): void {
  outputColumns<Points, Outputs>(x, plane, columnPoints);
}
function edgeOutputRows<Points, Outputs>(rows: i32, y: usize, pixelPitch: usize, rowPitch: usize, start: v128): void {
  outputRows<Points, Outputs>(rows, y, pixelPitch, rowPitch, start);
}

// @ts-ignore: decorator
@inline
function outputColumns<Points, Outputs>(x: usize, plane: usize, columnPoints: i32): void {
  const zero = f32x4.splat(0);
  for (let column: usize = 0; column < 6; column++) {
    if (hasPoint(<i32>column, columnPoints)) {
      outputLine<Points, Outputs>(x + column * plane, 6 * plane, fixedScratch + (column << 4), ROW, zero);
    }
  }
}

// @ts-ignore: decorator
@inline
function outputRows<Points, Outputs>(rows: i32, y: usize, pixelPitch: usize, rowPitch: usize, start: v128): void {
  const end = fixedScratch + <usize>rows * ROW;
  for (let row = fixedScratch; row < end; row += ROW) {
    outputLine<Points, Outputs>(row, 16, y, pixelPitch, start);
    y += rowPitch;
  }
}

/**
 * Whether a line of `points` points has the one of this index: the last, infinity, always; of the others the first
 * ones.
 */
// @ts-ignore: decorator
@inline
export function hasPoint(index: i32, points: i32): bool {
  return index < points - 1 || index == 5;
}
