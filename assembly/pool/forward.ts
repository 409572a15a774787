/** 2D max and average pooling, NHWC. */
import {Geometry2D} from '../conv/geometry';
import {storePartial} from '../simd';
import {COPY_CHUNK_FLOATS} from '../threads/chunks';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {columnCount, endOfWhole, firstColumn, firstRow, firstWhole, rowCount} from './window';

class Max {}
class MaxInt {}
class Average {}

// @ts-ignore: decorator
@inline
function initial<Op>(): v128 {
  if (idof<Op>() == idof<Max>()) return f32x4.splat(-Infinity);
  if (idof<Op>() == idof<MaxInt>()) return i32x4.splat(i32.MIN_VALUE);
  return f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
function combine<Op>(result: v128, x: v128): v128 {
  // pmax in this order is `x > result ? x : result`, which ignores NaN and keeps the first of two zeros.
  if (idof<Op>() == idof<Max>()) return f32x4.pmax(result, x);
  if (idof<Op>() == idof<MaxInt>()) return i32x4.max_s(result, x);
  return f32x4.add(result, x);
}

// @ts-ignore: decorator
@inline
function finish<Op>(result: v128, count: v128): v128 {
  return idof<Op>() == idof<Average>() ? f32x4.div(result, count) : result;
}

/** One window of any size, for four channels. */
// @ts-ignore: decorator
@inline
function windowOf4<Op>(x: usize, rows: i32, cols: i32, rowPitch: usize, pixelPitch: usize): v128 {
  let result = initial<Op>();
  while (rows > 0) {
    let p = x;
    let k = cols;
    while (k > 0) {
      result = combine<Op>(result, v128.load(p));
      p += pixelPitch;
      k--;
    }
    x += rowPitch;
    rows--;
  }
  return result;
}

/** One window of any size, for sixteen channels. */
function windowOf16<Op>(
  x: usize,
  y: usize,
  rows: i32,
  cols: i32,
  rowPitch: usize,
  pixelPitch: usize,
  count: v128,
): void {
  let a = initial<Op>();
  let b = a;
  let c = a;
  let d = a;
  while (rows > 0) {
    let p = x;
    let k = cols;
    while (k > 0) {
      a = combine<Op>(a, v128.load(p));
      b = combine<Op>(b, v128.load(p, 16));
      c = combine<Op>(c, v128.load(p, 32));
      d = combine<Op>(d, v128.load(p, 48));
      p += pixelPitch;
      k--;
    }
    x += rowPitch;
    rows--;
  }
  v128.store(y, finish<Op>(a, count));
  v128.store(y, finish<Op>(b, count), 16);
  v128.store(y, finish<Op>(c, count), 32);
  v128.store(y, finish<Op>(d, count), 48);
}

/** One window of any size, for all channels; a mean is divided by the number of elements, but at least by `least`. */
function pixel<Op>(x: usize, y: usize, rows: i32, cols: i32, rowPitch: usize, pixelPitch: usize, least: i32): void {
  let channels = <i32>(pixelPitch >> 2);
  // A window without elements gives -Infinity, which int32 stores as 0.
  if (idof<Op>() == idof<MaxInt>() && rows * cols == 0) {
    memory.fill(y, 0, pixelPitch);
    return;
  }
  const count = f32x4.splat(<f32>max(least, rows * cols));
  while (channels >= 16) {
    windowOf16<Op>(x, y, rows, cols, rowPitch, pixelPitch, count);
    x += 64;
    y += 64;
    channels -= 16;
  }
  while (channels > 0) {
    const result = finish<Op>(windowOf4<Op>(x, rows, cols, rowPitch, pixelPitch), count);
    if (channels >= 4) v128.store(y, result);
    else storePartial(y, result, channels);
    x += 16;
    y += 16;
    channels -= 4;
  }
}

// @ts-ignore: decorator
@inline
function combine2x2<Op>(a: v128, b: v128, c: v128, d: v128): v128 {
  return combine<Op>(combine<Op>(combine<Op>(combine<Op>(initial<Op>(), a), b), c), d);
}

// @ts-ignore: decorator
@inline
function combineRowOf3<Op>(result: v128, x: usize, pixelPitch: usize): v128 {
  result = combine<Op>(result, v128.load(x));
  result = combine<Op>(result, v128.load(x + pixelPitch));
  return combine<Op>(result, v128.load(x + 2 * pixelPitch));
}

/**
 * `count` neighbouring windows of size x size (a constant, 2 or 3) that are not clipped; first pixels are `step` bytes
 * apart.
 */
// @ts-ignore: decorator
@inline
function wholeWindows<Op>(
  size: i32,
  x: usize,
  y: usize,
  count: i32,
  rowPitch: usize,
  pixelPitch: usize,
  step: usize,
): void {
  const channels = <i32>(pixelPitch >> 2);
  while (count > 0) {
    let p = x;
    let left = channels;
    while (left > 0) {
      let result: v128;
      if (size == 2) {
        const q = p + rowPitch;
        result = combine2x2<Op>(v128.load(p), v128.load(p + pixelPitch), v128.load(q), v128.load(q + pixelPitch));
      } else {
        result = combineRowOf3<Op>(initial<Op>(), p, pixelPitch);
        result = combineRowOf3<Op>(result, p + rowPitch, pixelPitch);
        result = combineRowOf3<Op>(result, p + 2 * rowPitch, pixelPitch);
      }
      result = finish<Op>(result, f32x4.splat(<f32>(size * size)));
      if (left < 4) {
        storePartial(y, result, left);
        y += (<usize>left) << 2;
        break;
      }
      v128.store(y, result);
      p += 16;
      y += 16;
      left -= 4;
    }
    x += step;
    count--;
  }
}

function windowsOf2<Op>(x: usize, y: usize, count: i32, rowPitch: usize, pixelPitch: usize, step: usize): void {
  wholeWindows<Op>(2, x, y, count, rowPitch, pixelPitch, step);
}
function windowsOf3<Op>(x: usize, y: usize, count: i32, rowPitch: usize, pixelPitch: usize, step: usize): void {
  wholeWindows<Op>(3, x, y, count, rowPitch, pixelPitch, step);
}

/** 2 x 2 windows of one channel, two pixels apart: four windows in a vector. */
function windowsOf2OneChannel<Op>(x: usize, y: usize, count: i32, rowPitch: usize): void {
  while (count > 0) {
    const below = x + rowPitch;
    const a = v128.load(x);
    const b = v128.load(x, 16);
    const c = v128.load(below);
    const d = v128.load(below, 16);
    const result = finish<Op>(
      combine2x2<Op>(
        v128.shuffle<i32>(a, b, 0, 2, 4, 6),
        v128.shuffle<i32>(a, b, 1, 3, 5, 7),
        v128.shuffle<i32>(c, d, 0, 2, 4, 6),
        v128.shuffle<i32>(c, d, 1, 3, 5, 7),
      ),
      f32x4.splat(4),
    );
    if (count < 4) {
      storePartial(y, result, count);
      return;
    }
    v128.store(y, result);
    x += 32;
    y += 16;
    count -= 4;
  }
}

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
  const ofImage = <f64>g.outPixels() * <f64>(g.filterHeight * g.filterWidth) * <f64>g.inChannels;
  parallel(task, g.batchSize, itemsOf(COPY_CHUNK_FLOATS, ofImage));
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
