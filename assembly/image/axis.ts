/**
 * The pixels of an image that those of a resized one are made of, along one axis, as tables that serve all rows and
 * images. Positions are computed in double, by exactly the formulas of tfjs-backend-cpu: a position at or next to a
 * whole number decides which pixels are read. Offsets are in bytes, uint32; `step` is the bytes from one pixel to the
 * next.
 */

/** Bytes of an entry of a nearestTable: an offset. */
export const NEAREST: usize = 4;

/**
 * Bytes of an entry of a neighbourTable: the offsets of the pixels before and after a position, and the weight of the
 * latter, float32.
 */
export const NEIGHBOURS: usize = 12;

/** Pixels of the image per pixel of the resized image. */
// @ts-ignore: decorator
@inline
function axisScale(size: i32, newSize: i32, alignCorners: bool): f64 {
  return alignCorners && newSize > 1 ? <f64>(size - 1) / <f64>(newSize - 1) : <f64>size / <f64>newSize;
}

/** JavaScript's Math.round: halves go up. */
// @ts-ignore: decorator
@inline
export function roundHalfUp(x: f64): f64 {
  const y = ceil(x);
  return y - 0.5 > x ? y - 1 : y;
}

/** The nearest pixel for each of newSize pixels. */
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

/** The neighbours of a position > -1; NaN gives a weight of NaN. */
// @ts-ignore: decorator
@inline
export function storeNeighbours(entry: usize, position: f64, size: i32, step: usize): void {
  const before = min(size - 1, <i32>max<f64>(0, floor(position)));
  const after = min(size - 1, <i32>ceil(position));
  store<u32>(entry, <u32>(<usize>before * step));
  store<u32>(entry, <u32>(<usize>after * step), 4);
  store<f32>(entry, <f32>(position - <f64>before), 8);
}

/** The neighbours for each of newSize pixels. */
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
