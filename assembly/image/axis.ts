/**
 * Which pixels of an image those of a resized one come from, along one axis, as tables that serve all rows and images.
 * In doubles, and by the formulas of the CPU backend to the letter: where a position falls on or beside a whole number
 * decides which pixels are read. Offsets are in bytes, uint32; `step` is the bytes from one pixel to the next.
 */

/** Bytes of a table entry: one offset. */
export const NEAREST: usize = 4;

/** Bytes of a table entry: the offsets of the pixels before and behind, and the weight of the latter, float32. */
export const NEIGHBOURS: usize = 12;

/** Pixels of the image for one of the resized image. */
// @ts-ignore: decorator
@inline
function axisScale(size: i32, newSize: i32, alignCorners: bool): f64 {
  return alignCorners && newSize > 1 ? <f64>(size - 1) / <f64>(newSize - 1) : <f64>size / <f64>newSize;
}

/** Math.round of JavaScript: halves go up. */
// @ts-ignore: decorator
@inline
export function roundHalfUp(x: f64): f64 {
  const y = ceil(x);
  return y - 0.5 > x ? y - 1 : y;
}

/** The pixel nearest to each of newSize. */
export function nearestTable(
  table: usize,
  size: i32,
  newSize: i32,
  step: usize,
  alignCorners: bool,
  halfPixelCenters: bool,
): void {
  const scale = axisScale(size, newSize, alignCorners);
  const start: f64 = halfPixelCenters ? 0.5 : 0;
  for (let i = 0; i < newSize; i++) {
    const position = scale * (<f64>i + start);
    const pixel = min(size - 1, <i32>(alignCorners ? roundHalfUp(position) : floor(position)));
    store<u32>(table, <u32>(<usize>pixel * step));
    table += NEAREST;
  }
}

/** The neighbours of a position, which is -1 < position, and NaN for a weight of NaN. */
// @ts-ignore: decorator
@inline
export function storeNeighbours(entry: usize, position: f64, size: i32, step: usize): void {
  const before = min(size - 1, <i32>max<f64>(0, floor(position)));
  const behind = min(size - 1, <i32>ceil(position));
  store<u32>(entry, <u32>(<usize>before * step));
  store<u32>(entry, <u32>(<usize>behind * step), 4);
  store<f32>(entry, <f32>(position - <f64>before), 8);
}

/** The neighbours of each of newSize pixels. */
export function neighbourTable(
  table: usize,
  size: i32,
  newSize: i32,
  step: usize,
  alignCorners: bool,
  halfPixelCenters: bool,
): void {
  const scale = axisScale(size, newSize, alignCorners);
  for (let i = 0; i < newSize; i++) {
    const position = halfPixelCenters ? scale * (<f64>i + 0.5) - 0.5 : scale * <f64>i;
    storeNeighbours(table, position, size, step);
    table += NEIGHBOURS;
  }
}
