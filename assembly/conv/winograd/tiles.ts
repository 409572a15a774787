/**
 * The tiles of a convolution, for the geometry in PARAMS: the output of every image in squares of `size` pixels, the
 * last ones hanging over its edges; tiles are counted through rows, columns and images.
 */
import {batchSize, inChannels, inHeight, inWidth, outHeight, outWidth, padLeft, padTop} from '../geometry';
import {copyFloats} from '../source';

export function tileRows(size: i32): i32 {
  return (outHeight() + size - 1) / size;
}
export function tileColumns(size: i32): i32 {
  return (outWidth() + size - 1) / size;
}
export function tileCount(size: i32): i32 {
  return batchSize() * tileRows(size) * tileColumns(size);
}

/** The row of the output that a tile begins with, its column, and its image. */
// @ts-ignore: decorator
@inline
export function tileTop(tile: i32, size: i32): i32 {
  return tile / tileColumns(size) % tileRows(size) * size;
}
// @ts-ignore: decorator
@inline
export function tileLeft(tile: i32, size: i32): i32 {
  return tile % tileColumns(size) * size;
}
// @ts-ignore: decorator
@inline
export function tileImage(tile: i32, size: i32): i32 {
  return tile / (tileColumns(size) * tileRows(size));
}

/**
 * Copies the part of a square of `side` pixels that is inside an image of height x width pixels, and zeros for the rest;
 * `top` and `left` may be negative. Pixels have `channels` floats.
 */
export function cutOut(
  image: usize, height: i32, width: i32, channels: i32, top: i32, left: i32, side: i32, patch: usize,
): void {
  memory.fill(patch, 0, <usize>(side * side * channels) << 2);
  const firstRow = max(0, top);
  const firstColumn = max(0, left);
  const rows = min(height, top + side) - firstRow;
  const floats = (min(width, left + side) - firstColumn) * channels;
  let from = image + (<usize>((firstRow * width + firstColumn) * channels) << 2);
  let to = patch + (<usize>(((firstRow - top) * side + firstColumn - left) * channels) << 2);
  for (let r = 0; r < rows; r++) {
    copyFloats(from, to, floats);
    from += <usize>(width * channels) << 2;
    to += <usize>(side * channels) << 2;
  }
}

/** The other way: writes what is inside the image, of pixels that are `pitch` bytes apart in the square. */
export function putBack(
  patch: usize, pitch: usize, side: i32, image: usize, height: i32, width: i32, channels: i32, top: i32, left: i32,
): void {
  const rows = min(side, height - top);
  const columns = min(side, width - left);
  const pixelBytes = <usize>channels << 2;
  for (let r = 0; r < rows; r++) {
    let from = patch + <usize>(r * side) * pitch;
    let to = image + <usize>((top + r) * width + left) * pixelBytes;
    for (let c = 0; c < columns; c++) {
      copyFloats(from, to, channels);
      from += pitch;
      to += pixelBytes;
    }
  }
}

/** Whether the square of `side` pixels lies wholly inside an image of height x width. */
// @ts-ignore: decorator
@inline
export function isInside(top: i32, left: i32, side: i32, height: i32, width: i32): bool {
  return top >= 0 && left >= 0 && top + side <= height && left + side <= width;
}

/** Where the data of a tile is: its first row and column in the input. */
// @ts-ignore: decorator
@inline
export function dataTop(tile: i32, size: i32): i32 {
  return tileTop(tile, size) - padTop();
}
// @ts-ignore: decorator
@inline
export function dataLeft(tile: i32, size: i32): i32 {
  return tileLeft(tile, size) - padLeft();
}

/** The input's image of a tile. */
// @ts-ignore: decorator
@inline
export function dataImage(x: usize, tile: i32, size: i32): usize {
  return x + (<usize>tileImage(tile, size) * <usize>(inHeight() * inWidth() * inChannels()) << 2);
}
