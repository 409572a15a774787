/** The gradients of 2D max and average pooling, NHWC. */
import {Geometry2D} from '../conv/geometry';
import {multiplyBySteps} from '../elementwise/in_place';
import {jobOf, parallel} from '../threads/pool';
import {columnCount, endOfWhole, firstColumn, firstRow, firstWhole, imagesOfChunk, rowCount} from './window';
import {Average, addToAll, addToLargest, Max, row2x2, row2x2OneChannel} from './window_grad';

@unmanaged
class PoolGradJob {
  geometry: Geometry2D;
  x: usize;
  dy: usize;
  dx: usize;
  steps: bool;
}

function poolGrad(task: i32, geometry: usize, x: usize, dy: usize, dx: usize, steps: bool): void {
  const job = jobOf<PoolGradJob>();
  const g = changetype<Geometry2D>(geometry);
  job.geometry = g;
  job.x = x;
  job.dy = dy;
  job.dx = dx;
  job.steps = steps;
  parallel(task, g.batchSize, imagesOfChunk(g));
}

// @ts-ignore: decorator
@inline
function gradOfImages<Op>(first: i32, last: i32): void {
  const job = jobOf<PoolGradJob>();
  const g = job.geometry;
  const pixelPitch = (<usize>g.inChannels) << 2;
  const rowPitch = <usize>g.inWidth * pixelPitch;
  const imagePitch = <usize>g.inHeight * rowPitch;
  const cols = g.outWidth;
  const is2x2 = g.filterHeight == 2 && g.filterWidth == 2 && g.strideHeight == 2 && g.strideWidth == 2;
  const begin = firstWhole(g);
  const end = endOfWhole(g);
  // Unclipped 2 x 2 windows that cover the image exactly write each pixel. All others add to dx, or do not cover it.
  const covered = is2x2 && begin == 0 && end == cols && 2 * cols == g.inWidth && 2 * g.outHeight == g.inHeight;
  let x = job.x + <usize>first * imagePitch;
  let dy = job.dy + <usize>(first * g.outPixels()) * pixelPitch;
  let dx = job.dx + <usize>first * imagePitch;
  if (!covered || rowCount(g, 0) != 2) memory.fill(dx, 0, <usize>(last - first) * imagePitch);
  for (let image = first; image < last; image++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      const rows = rowCount(g, oy);
      const row = <usize>firstRow(g, oy) * rowPitch;
      for (let ox = 0; ox < cols; ) {
        const at = row + <usize>firstColumn(g, ox) * pixelPitch;
        if (is2x2 && rows == 2 && ox == begin && end > begin) {
          const count = end - begin;
          if (g.inChannels == 1) row2x2OneChannel<Op>(x + at, dy, dx + at, count, rowPitch);
          else row2x2<Op>(x + at, dy, dx + at, count, rowPitch, pixelPitch);
          dy += <usize>count * pixelPitch;
          ox = end;
        } else {
          const n = columnCount(g, ox);
          if (idof<Op>() == idof<Max>()) addToLargest(x + at, dy, dx + at, rows, n, rowPitch, pixelPitch);
          else addToAll(dy, dx + at, rows, n, rowPitch, pixelPitch, <f32>(rows * n));
          dy += pixelPitch;
          ox++;
        }
      }
    }
    // While the image is still in the second-level cache.
    if (job.steps) multiplyBySteps(x, dx, <i32>(imagePitch >> 2));
    x += imagePitch;
    dx += imagePitch;
  }
}

function maxGradOfImages(first: i32, end: i32): void {
  gradOfImages<Max>(first, end);
}
function averageGradOfImages(first: i32, end: i32): void {
  gradOfImages<Average>(first, end);
}

/**
 * dx = the gradient of max_pool_f32 with respect to x: that of a window goes to the first of its largest elements, if
 * there is one. With `steps` dx is multiplied by step(x): if x is the output of a relu, that makes it the gradient with
 * respect to relu's input.
 *
 * geometry  a Geometry2DWords; paddings may be negative
 */
export function max_pool_grad_f32(x: usize, dy: usize, dx: usize, steps: bool, geometry: usize): void {
  poolGrad(maxGradOfImages.index, geometry, x, dy, dx, steps);
}

/**
 * dx = the gradient of avg_pool_f32: each element of a window gets dy divided by the number of elements, without
 * padding, that the window has. (tfjs-backend-cpu divides by the size of the whole window, which is not the gradient of
 * its own forward pass.)
 *
 * geometry  a Geometry2DWords; paddings may be negative
 */
export function avg_pool_grad_f32(dy: usize, dx: usize, geometry: usize): void {
  poolGrad(averageGradOfImages.index, geometry, 0, dy, dx, false);
}
