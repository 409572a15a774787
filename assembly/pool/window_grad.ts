/** What the pixels of windows get of the gradients of their largest or mean element, for all channels. */
import {fixedScratch} from '../memory';
import {storePartial} from '../simd';
import {largestPixels} from './position';

export class Max {}
export class Average {}

/** Adds the gradients of one window, for all channels, to the first of its largest pixels. */
export function addToLargest(
  x: usize,
  dy: usize,
  dx: usize,
  rows: i32,
  cols: i32,
  rowPitch: usize,
  pixelPitch: usize,
): void {
  let channels = <i32>(pixelPitch >> 2);
  while (channels > 0) {
    v128.store(fixedScratch, largestPixels(x, rows, cols, rowPitch, pixelPitch));
    const end = fixedScratch + ((<usize>min(4, channels)) << 2);
    for (let p = fixedScratch; p < end; p += 4) {
      const at = load<i32>(p);
      if (at >= 0) {
        const to = dx + <usize>at;
        store<f32>(to, load<f32>(to) + load<f32>(dy));
      }
      dx += 4;
      dy += 4;
    }
    x += 16;
    channels -= 4;
  }
}

/** Adds the gradients of one window, for all channels, divided by `count`, to each of its pixels. */
export function addToAll(
  dy: usize,
  dx: usize,
  rows: i32,
  cols: i32,
  rowPitch: usize,
  pixelPitch: usize,
  count: f32,
): void {
  const divisor = f32x4.splat(count);
  let channels = <i32>(pixelPitch >> 2);
  while (channels > 0) {
    const share = f32x4.div(v128.load(dy), divisor);
    let row = dx;
    for (let i = rows; i > 0; i--) {
      let p = row;
      for (let k = cols; k > 0; k--) {
        const sum = f32x4.add(v128.load(p), share);
        if (channels >= 4) v128.store(p, sum);
        else storePartial(p, sum, channels);
        p += pixelPitch;
      }
      row += rowPitch;
    }
    dy += 16;
    dx += 16;
    channels -= 4;
  }
}

/** Loads x for max pooling; average pooling does not need it. */
// @ts-ignore: decorator
@inline
function loadFor<Op>(x: usize, unused: v128): v128 {
  return idof<Op>() == idof<Max>() ? v128.load(x) : unused;
}

/** What the n-th pixel of a 2 x 2 window with the pixels a, b, c, d gets of the gradient dy, in four lanes. */
// @ts-ignore: decorator
@inline
function share2x2<Op>(n: i32, a: v128, b: v128, c: v128, d: v128, dy: v128): v128 {
  if (idof<Op>() == idof<Average>()) return f32x4.mul(dy, f32x4.splat(0.25));
  const lowest = f32x4.splat(-Infinity);
  // pmax in this order ignores NaN, as the forward pass does. -Infinity is never the largest value.
  const largest = f32x4.pmax(f32x4.pmax(f32x4.pmax(f32x4.pmax(lowest, a), b), c), d);
  let rest = v128.and(f32x4.add(dy, f32x4.splat(0)), f32x4.gt(largest, lowest));
  let found = f32x4.eq(a, largest);
  if (n == 0) return v128.and(rest, found);
  rest = v128.andnot(rest, found);
  found = f32x4.eq(b, largest);
  if (n == 1) return v128.and(rest, found);
  rest = v128.andnot(rest, found);
  found = f32x4.eq(c, largest);
  return n == 2 ? v128.and(rest, found) : v128.andnot(rest, found);
}

/** `count` neighbouring 2 x 2 windows that do not overlap and are not clipped: writes all their pixels. */
export function row2x2<Op>(x: usize, dy: usize, dx: usize, count: i32, rowPitch: usize, pixelPitch: usize): void {
  const channels = <i32>(pixelPitch >> 2);
  while (count > 0) {
    let offset: usize = 0;
    let left = channels;
    while (left > 0) {
      const p = x + offset;
      const q = dx + offset;
      const g = v128.load(dy);
      const a = loadFor<Op>(p, g);
      const b = loadFor<Op>(p + pixelPitch, g);
      const c = loadFor<Op>(p + rowPitch, g);
      const d = loadFor<Op>(p + rowPitch + pixelPitch, g);
      const da = share2x2<Op>(0, a, b, c, d, g);
      const db = share2x2<Op>(1, a, b, c, d, g);
      const dc = share2x2<Op>(2, a, b, c, d, g);
      const dd = share2x2<Op>(3, a, b, c, d, g);
      if (left < 4) {
        storePartial(q, da, left);
        storePartial(q + pixelPitch, db, left);
        storePartial(q + rowPitch, dc, left);
        storePartial(q + rowPitch + pixelPitch, dd, left);
        dy += (<usize>left) << 2;
        break;
      }
      v128.store(q, da);
      v128.store(q + pixelPitch, db);
      v128.store(q + rowPitch, dc);
      v128.store(q + rowPitch + pixelPitch, dd);
      dy += 16;
      offset += 16;
      left -= 4;
    }
    x += 2 * pixelPitch;
    dx += 2 * pixelPitch;
    count--;
  }
}

/** The same for one channel: four windows in a vector. */
export function row2x2OneChannel<Op>(x: usize, dy: usize, dx: usize, count: i32, rowPitch: usize): void {
  while (count > 0) {
    const g = v128.load(dy);
    const upper0 = loadFor<Op>(x, g);
    const upper1 = loadFor<Op>(x + 16, g);
    const lower0 = loadFor<Op>(x + rowPitch, g);
    const lower1 = loadFor<Op>(x + rowPitch + 16, g);
    const a = v128.shuffle<i32>(upper0, upper1, 0, 2, 4, 6);
    const b = v128.shuffle<i32>(upper0, upper1, 1, 3, 5, 7);
    const c = v128.shuffle<i32>(lower0, lower1, 0, 2, 4, 6);
    const d = v128.shuffle<i32>(lower0, lower1, 1, 3, 5, 7);
    const da = share2x2<Op>(0, a, b, c, d, g);
    const db = share2x2<Op>(1, a, b, c, d, g);
    const dc = share2x2<Op>(2, a, b, c, d, g);
    const dd = share2x2<Op>(3, a, b, c, d, g);
    const n = min(count, 4);
    storeUpTo8(dx, v128.shuffle<i32>(da, db, 0, 4, 1, 5), v128.shuffle<i32>(da, db, 2, 6, 3, 7), 2 * n);
    storeUpTo8(dx + rowPitch, v128.shuffle<i32>(dc, dd, 0, 4, 1, 5), v128.shuffle<i32>(dc, dd, 2, 6, 3, 7), 2 * n);
    x += 32;
    dx += 32;
    dy += 16;
    count -= 4;
  }
}

/** Stores the first n floats of two vectors. */
// @ts-ignore: decorator
@inline
function storeUpTo8(y: usize, first: v128, second: v128, n: i32): void {
  if (n < 4) {
    storePartial(y, first, n);
    return;
  }
  v128.store(y, first);
  if (n == 8) v128.store(y, second, 16);
  else storePartial(y + 16, second, n - 4);
}
