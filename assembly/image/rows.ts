/** Resamples images by the tables of axis.ts for rows and columns. */
import {copyRun} from '../layout/copy';
import {fma, storePartial} from '../simd';
import {NEAREST, NEIGHBOURS} from './axis';

/** y = n pixels of the row x, by a nearestTable. */
function gatherRow(x: usize, y: usize, table: usize, n: i32, pixelBytes: usize): void {
  const end = table + <usize>n * NEAREST;
  if (pixelBytes == 4) {
    while (table < end) {
      store<u32>(y, load<u32>(x + <usize>load<u32>(table)));
      table += NEAREST;
      y += 4;
    }
    return;
  }
  while (table < end) {
    copyRun(x + <usize>load<u32>(table), y, pixelBytes);
    table += NEAREST;
    y += pixelBytes;
  }
}

/** y = rows x cols pixels of x, by nearestTables; rows of y begin every yPitch bytes. */
export function gatherRows(
  x: usize,
  y: usize,
  yPitch: usize,
  rowTable: usize,
  rows: i32,
  colTable: usize,
  cols: i32,
  pixelBytes: usize,
): void {
  let last: u32 = 0;
  for (let r = 0; r < rows; r++) {
    const offset = load<u32>(rowTable);
    if (r > 0 && offset == last) copyRun(y - yPitch, y, <usize>cols * pixelBytes);
    else gatherRow(x + <usize>offset, y, colTable, cols, pixelBytes);
    last = offset;
    rowTable += NEAREST;
    y += yPitch;
  }
}

/** y = n pixels interpolated in the row x, by a neighbourTable; writes up to 12 bytes past them. */
function interpolateRow(x: usize, y: usize, table: usize, n: i32, pixelBytes: usize): void {
  const end = table + <usize>n * NEIGHBOURS;
  if (pixelBytes == 4) {
    while (table < end) {
      const left = load<f32>(x + <usize>load<u32>(table));
      const right = load<f32>(x + <usize>load<u32>(table, 4));
      store<f32>(y, left + (right - left) * load<f32>(table, 8));
      table += NEIGHBOURS;
      y += 4;
    }
    return;
  }
  while (table < end) {
    let p = x + <usize>load<u32>(table);
    let q = x + <usize>load<u32>(table, 4);
    const weight = v128.load32_splat(table, 8);
    const pixelEnd = p + pixelBytes;
    let to = y;
    while (p < pixelEnd) {
      const left = v128.load(p);
      v128.store(to, fma(f32x4.sub(v128.load(q), left), weight, left));
      p += 16;
      q += 16;
      to += 16;
    }
    table += NEIGHBOURS;
    y += pixelBytes;
  }
}

/** y = a + (b - a) * weight, over `bytes` bytes of floats. */
function blendRows(a: usize, b: usize, weight: v128, y: usize, bytes: usize): void {
  const end = y + (bytes & ~15);
  while (y < end) {
    const top = v128.load(a);
    v128.store(y, fma(f32x4.sub(v128.load(b), top), weight, top));
    a += 16;
    b += 16;
    y += 16;
  }
  const rest = <i32>(bytes & 15) >> 2;
  if (rest > 0) {
    const top = v128.load(a);
    storePartial(y, fma(f32x4.sub(v128.load(b), top), weight, top), rest);
  }
}

/** The scratch that interpolateRows needs, in bytes: two rows, which are written in whole vectors. */
// @ts-ignore: decorator
@inline
export function rowScratchBytes(cols: i32, channels: i32): f64 {
  return 8 * <f64>cols * <f64>channels + 32;
}

/**
 * y = rows x cols pixels interpolated in x, float32, by neighbourTables; rows of y begin every yPitch bytes. Rows of x
 * are first interpolated along themselves, into scratch, which keeps the last two: successive rows of y mostly lie
 * between the same two rows of x.
 */
export function interpolateRows(
  x: usize,
  y: usize,
  yPitch: usize,
  rowTable: usize,
  rows: i32,
  colTable: usize,
  cols: i32,
  pixelBytes: usize,
  scratch: usize,
): void {
  const bytes = <usize>cols * pixelBytes;
  let top = scratch;
  let bottom = scratch + bytes + 16;
  let topOffset: i64 = -1;
  let bottomOffset: i64 = -1;
  while (rows > 0) {
    const before = <i64>load<u32>(rowTable);
    const after = <i64>load<u32>(rowTable, 4);
    if (before == bottomOffset) {
      const free = top;
      top = bottom;
      bottom = free;
      bottomOffset = topOffset;
      topOffset = before;
    }
    if (before != topOffset) {
      interpolateRow(x + <usize>before, top, colTable, cols, pixelBytes);
      topOffset = before;
    }
    if (after != before && after != bottomOffset) {
      interpolateRow(x + <usize>after, bottom, colTable, cols, pixelBytes);
      bottomOffset = after;
    }
    blendRows(top, after == before ? top : bottom, v128.load32_splat(rowTable, 8), y, bytes);
    rowTable += NEIGHBOURS;
    y += yPitch;
    rows--;
  }
}
