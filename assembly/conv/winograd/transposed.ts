/** The transposes of the transforms in two dimensions, for the gradient of the input; see transform.ts. */
import {fixedScratch} from '../../memory';
import {Add, Five, Four, One, Put, Six, scatterLine, spreadLine, Three, Two} from './line';
import {hasPoint} from './transform';

/** Row stride of the 6 x 6 vectors that fixedScratch holds between the two passes. */
const ROW: usize = 6 * 16;

/**
 * The transpose of the output transform: of rows x columns pixels, rowPitch and pixelPitch bytes apart, to the points of
 * rowPoints rows.
 */
export function spreadTile(
  x: usize,
  pixelPitch: usize,
  rowPitch: usize,
  rows: i32,
  columns: i32,
  rowPoints: i32,
  channels: i32,
  y: usize,
  plane: usize,
): void {
  if (rows == 4 && columns == 4) {
    spreadWholeTile(x, pixelPitch, rowPitch, channels, y, plane);
    return;
  }
  for (; channels > 0; channels -= 4) {
    if (rows == 4) spreadColumns<Four>(x, pixelPitch, rowPitch, columns);
    else if (rows == 3) spreadColumns<Three>(x, pixelPitch, rowPitch, columns);
    else if (rows == 2) spreadColumns<Two>(x, pixelPitch, rowPitch, columns);
    else spreadColumns<One>(x, pixelPitch, rowPitch, columns);
    if (columns == 4) spreadRows<Four>(rowPoints, y, plane);
    else if (columns == 3) spreadRows<Three>(rowPoints, y, plane);
    else if (columns == 2) spreadRows<Two>(rowPoints, y, plane);
    else spreadRows<One>(rowPoints, y, plane);
    x += 16;
    y += 16;
  }
}

/** The same for a full tile of F(4x4, 3x3), in one function. */
function spreadWholeTile(x: usize, pixelPitch: usize, rowPitch: usize, channels: i32, y: usize, plane: usize): void {
  for (; channels > 0; channels -= 4) {
    let from = x;
    for (let to = fixedScratch; to < fixedScratch + 64; to += 16) {
      spreadLine<Four>(from, rowPitch, to, ROW);
      from += pixelPitch;
    }
    for (let row: usize = 0; row < 6; row++) spreadLine<Four>(fixedScratch + row * ROW, 16, y + row * 6 * plane, plane);
    x += 16;
    y += 16;
  }
}

function spreadColumns<Outputs>(x: usize, pixelPitch: usize, rowPitch: usize, columns: i32): void {
  const end = fixedScratch + ((<usize>columns) << 4);
  for (let to = fixedScratch; to < end; to += 16) {
    spreadLine<Outputs>(x, rowPitch, to, ROW);
    x += pixelPitch;
  }
}

function spreadRows<Outputs>(rowPoints: i32, y: usize, plane: usize): void {
  for (let row: usize = 0; row < 6; row++) {
    if (hasPoint(<i32>row, rowPoints)) {
      spreadLine<Outputs>(fixedScratch + row * ROW, 16, y + row * 6 * plane, plane);
    }
  }
}

/**
 * The transpose of the data transform: of rowPoints x columnPoints points to as many pixels, to which it adds. Pixels are pixelPitch bytes apart, rows rowPitch.
 */
export function scatterTile(
  x: usize,
  plane: usize,
  rowPoints: i32,
  columnPoints: i32,
  channels: i32,
  y: usize,
  pixelPitch: usize,
  rowPitch: usize,
): void {
  if (rowPoints == 6 && columnPoints == 6) {
    scatterWholeTile(x, plane, channels, y, pixelPitch, rowPitch);
    return;
  }
  for (; channels > 0; channels -= 4) {
    if (rowPoints == 6) scatterColumns<Six>(x, plane, columnPoints);
    else if (rowPoints == 5) scatterColumns<Five>(x, plane, columnPoints);
    else if (rowPoints == 4) scatterColumns<Four>(x, plane, columnPoints);
    else scatterColumns<Three>(x, plane, columnPoints);
    scatterRows(rowPoints, columnPoints, y, pixelPitch, rowPitch);
    x += 16;
    y += 16;
  }
}

/** The same for a full tile, in one function. */
function scatterWholeTile(x: usize, plane: usize, channels: i32, y: usize, pixelPitch: usize, rowPitch: usize): void {
  for (; channels > 0; channels -= 4) {
    for (let column: usize = 0; column < 6; column++) {
      scatterLine<Six, Put>(x + column * plane, 6 * plane, fixedScratch + (column << 4), ROW);
    }
    let to = y;
    for (let row = fixedScratch; row < fixedScratch + 6 * ROW; row += ROW) {
      scatterLine<Six, Add>(row, 16, to, pixelPitch);
      to += rowPitch;
    }
    x += 16;
    y += 16;
  }
}

function scatterColumns<Points>(x: usize, plane: usize, columnPoints: i32): void {
  for (let column: usize = 0; column < 6; column++) {
    if (hasPoint(<i32>column, columnPoints)) {
      scatterLine<Points, Put>(x + column * plane, 6 * plane, fixedScratch + (column << 4), ROW);
    }
  }
}

function scatterRows(rows: i32, columnPoints: i32, y: usize, pixelPitch: usize, rowPitch: usize): void {
  const end = fixedScratch + <usize>rows * ROW;
  for (let row = fixedScratch; row < end; row += ROW) {
    if (columnPoints == 6) scatterLine<Six, Add>(row, 16, y, pixelPitch);
    else if (columnPoints == 5) scatterLine<Five, Add>(row, 16, y, pixelPitch);
    else if (columnPoints == 4) scatterLine<Four, Add>(row, 16, y, pixelPitch);
    else scatterLine<Three, Add>(row, 16, y, pixelPitch);
    y += rowPitch;
  }
}
