/** 2D max pooling that also gives where the largest elements are, NHWC. */
import {Geometry2D} from '../conv/geometry';
import {fixedScratch} from '../memory';
import {largestPixels} from './position';
import {columnCount, firstColumn, firstRow, rowCount} from './window';

/** One window, for all channels; `base` is the flat index of its first pixel's first channel. */
function pixel(
  x: usize,
  y: usize,
  indices: usize,
  base: i32,
  rows: i32,
  cols: i32,
  rowPitch: usize,
  pixelPitch: usize,
): void {
  const channels = <i32>(pixelPitch >> 2);
  for (let c = 0; c < channels; c += 4) {
    v128.store(fixedScratch, largestPixels(x, rows, cols, rowPitch, pixelPitch));
    const n = min(4, channels - c);
    for (let lane = 0; lane < n; lane++) {
      const at = load<i32>(fixedScratch + ((<usize>lane) << 2));
      const found = at >= 0;
      store<f32>(y, found ? load<f32>(x + <usize>at) : -Infinity);
      store<i32>(indices, found ? base + c + lane + (at >> 2) : -1);
      x += 4;
      y += 4;
      indices += 4;
    }
  }
}

/**
 * y as max_pool_f32 gives it; indices, int32: where in x the first largest element of each window is, -1 where there is
 * none. An index counts the elements of its image, or with includeBatch those of all of x.
 *
 * geometry  a Geometry2DWords; paddings may be negative
 */
export function max_pool_with_argmax_f32(x: usize, y: usize, indices: usize, includeBatch: i32, geometry: usize): void {
  const g = changetype<Geometry2D>(geometry);
  const pixelPitch = (<usize>g.inChannels) << 2;
  const rowPitch = <usize>g.inWidth * pixelPitch;
  const imagePitch = <usize>g.inHeight * rowPitch;
  let imageBase: usize = 0;
  for (let image = g.batchSize; image > 0; image--) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      for (let ox = 0; ox < g.outWidth; ox++) {
        const at = <usize>firstRow(g, oy) * rowPitch + <usize>firstColumn(g, ox) * pixelPitch;
        const base = <i32>((imageBase + at) >> 2);
        pixel(x + at, y, indices, base, rowCount(g, oy), columnCount(g, ox), rowPitch, pixelPitch);
        y += pixelPitch;
        indices += pixelPitch;
      }
    }
    x += imagePitch;
    if (includeBatch) imageBase += imagePitch;
  }
}
