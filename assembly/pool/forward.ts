/** 2D max and average pooling, NHWC. */
import {Geometry2D} from '../conv/geometry';
import {jobOf, parallel} from '../threads/pool';
import {Average, Max, MaxInt, pixel, windowsOf2, windowsOf2OneChannel, windowsOf3} from './reduce_window';
import {columnCount, endOfWhole, firstColumn, firstRow, firstWhole, imagesOfChunk, rowCount} from './window';

@unmanaged
class PoolJob {
  geometry: Geometry2D;
  x: usize;
  y: usize;
  least: i32;
}

function pool(task: i32, geometry: usize, x: usize, y: usize, least: i32): void {
  const job = jobOf<PoolJob>();
  const g = changetype<Geometry2D>(geometry);
  job.geometry = g;
  job.x = x;
  job.y = y;
  job.least = least;
  parallel(task, g.batchSize, imagesOfChunk(g));
}

// @ts-ignore: decorator
@inline
function poolImages<Op>(first: i32, last: i32): void {
  const job = jobOf<PoolJob>();
  const g = job.geometry;
  const pixelPitch = (<usize>g.inChannels) << 2;
  const rowPitch = <usize>g.inWidth * pixelPitch;
  const imagePitch = <usize>g.inHeight * rowPitch;
  const cols = g.outWidth;
  const step = <usize>g.strideWidth * pixelPitch;
  const size = g.filterHeight == g.filterWidth ? g.filterHeight : 0;
  const begin = firstWhole(g);
  const end = endOfWhole(g);
  let x = job.x + <usize>first * imagePitch;
  let y = job.y + <usize>(first * g.outPixels()) * pixelPitch;
  for (let image = first; image < last; image++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      const rows = rowCount(g, oy);
      const row = x + <usize>firstRow(g, oy) * rowPitch;
      for (let ox = 0; ox < cols; ) {
        const from = row + <usize>firstColumn(g, ox) * pixelPitch;
        if ((size == 2 || size == 3) && rows == size && ox == begin && end > begin) {
          const n = end - begin;
          if (size == 3) windowsOf3<Op>(from, y, n, rowPitch, pixelPitch, step);
          else if (g.inChannels == 1 && g.strideWidth == 2) windowsOf2OneChannel<Op>(from, y, n, rowPitch);
          else windowsOf2<Op>(from, y, n, rowPitch, pixelPitch, step);
          y += <usize>n * pixelPitch;
          ox = end;
        } else {
          pixel<Op>(from, y, rows, columnCount(g, ox), rowPitch, pixelPitch, job.least);
          y += pixelPitch;
          ox++;
        }
      }
    }
    x += imagePitch;
  }
}

function maxOfImages(first: i32, end: i32): void {
  poolImages<Max>(first, end);
}
function maxIntOfImages(first: i32, end: i32): void {
  poolImages<MaxInt>(first, end);
}
function averageOfImages(first: i32, end: i32): void {
  poolImages<Average>(first, end);
}

/**
 * y[b, oy, ox, c] = the largest element of a window of x, as `value > largest` finds it from -Infinity on: NaN is
 * ignored. x and y do not overlap; nothing is written past the end of y.
 *
 * geometry  a Geometry2DWords; paddings may be negative
 */
export function max_pool_f32(x: usize, y: usize, geometry: usize): void {
  pool(maxOfImages.index, geometry, x, y, 0);
}
/** The same for int32; 0 where a window has no elements. */
export function max_pool_i32(x: usize, y: usize, geometry: usize): void {
  pool(maxIntOfImages.index, geometry, x, y, 0);
}
/**
 * y[b, oy, ox, c] = the mean of a window of x without its padding, summed in float32. Sums are divided by at least
 * `least`: windows of nothing but padding give NaN with 0, and 0 with 1. The other arguments are those of max_pool_f32.
 */
export function avg_pool_f32(x: usize, y: usize, least: i32, geometry: usize): void {
  pool(averageOfImages.index, geometry, x, y, least);
}
