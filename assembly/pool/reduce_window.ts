/** The largest or the mean element of windows of x, for all channels. */
import {storePartial} from '../simd';

export class Max {}
export class MaxInt {}
export class Average {}

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
export function pixel<Op>(
  x: usize,
  y: usize,
  rows: i32,
  cols: i32,
  rowPitch: usize,
  pixelPitch: usize,
  least: i32,
): void {
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

export function windowsOf2<Op>(x: usize, y: usize, count: i32, rowPitch: usize, pixelPitch: usize, step: usize): void {
  wholeWindows<Op>(2, x, y, count, rowPitch, pixelPitch, step);
}
export function windowsOf3<Op>(x: usize, y: usize, count: i32, rowPitch: usize, pixelPitch: usize, step: usize): void {
  wholeWindows<Op>(3, x, y, count, rowPitch, pixelPitch, step);
}

/** 2 x 2 windows of one channel, two pixels apart: four windows in a vector. */
export function windowsOf2OneChannel<Op>(x: usize, y: usize, count: i32, rowPitch: usize): void {
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
