/**
 * The transforms of Winograd's minimal filtering in one dimension (Lavin and Gray, "Fast algorithms for convolutional
 * neural networks", 2016). F(m, r), m outputs of a filter with r taps, needs m + r - 1 points:
 *
 *   y = A (G g * B d)
 *
 * where * is element-wise, d the data, g the filter, and B, G, A are the data, filter and output transform.
 *
 * A full tile has the six points 0, 1, -1, 2, -2 and infinity, in this order. A partial tile, at the image's edge, has
 * fewer outputs and leaves out the last of the finite points; infinity stays the sixth. G is the same for all tiles:
 * where they differ is B. So all tiles multiply the points that they have by the same transformed filter.
 *
 * A line is a run of vectors `step` bytes apart; each transform computes four channels at once.
 */

/** Tags: the number of taps, of outputs or of points of a line. */
export class One {}
export class Two {}
export class Three {}
export class Four {}
export class Five {}
export class Six {}

// @ts-ignore: decorator
@inline
export function countOf<Count>(): i32 {
  if (idof<Count>() == idof<One>()) return 1;
  if (idof<Count>() == idof<Two>()) return 2;
  if (idof<Count>() == idof<Three>()) return 3;
  if (idof<Count>() == idof<Four>()) return 4;
  return idof<Count>() == idof<Five>() ? 5 : 6;
}

/** a + x b for constants like powers of two: here they are cheaper as splats than loaded from memory. */
// @ts-ignore: decorator
@inline
function plus(a: v128, x: f32, b: v128): v128 {
  return f32x4.add(a, f32x4.mul(f32x4.splat(x), b));
}

// @ts-ignore: decorator
@inline
function times(x: f32, a: v128): v128 {
  return f32x4.mul(f32x4.splat(x), a);
}

/** Data transform, y = B d: of as many values as there are points. */
// @ts-ignore: decorator
@inline
export function dataLine<Points>(d: usize, step: usize, y: usize, stepY: usize): void {
  const points = countOf<Points>();
  const infinity = y + 5 * stepY;
  const d0 = v128.load(d);
  const d1 = v128.load((d += step));
  const d2 = v128.load((d += step));
  if (points == 3) {
    v128.store(y, times(4, f32x4.sub(d0, d1)));
    v128.store(y + stepY, times(-6, d1));
    v128.store(infinity, f32x4.sub(d2, d1));
    return;
  }
  const d3 = v128.load((d += step));
  if (points == 4) {
    v128.store(y, times(4, f32x4.sub(d0, d2)));
    v128.store((y += stepY), times(-3, f32x4.add(d1, d2)));
    v128.store(y + stepY, times(3, f32x4.sub(d1, d2)));
    v128.store(infinity, f32x4.sub(d3, d1));
    return;
  }
  const d4 = v128.load((d += step));
  const oddFar = f32x4.sub(d3, d1);
  if (points == 5) {
    v128.store(y, plus(times(4, f32x4.sub(d0, d2)), 2, oddFar));
    v128.store((y += stepY), plus(times(3, f32x4.sub(d3, d2)), -6, d1));
    v128.store((y += stepY), plus(plus(d3, -3, d2), 2, d1));
    v128.store(y + stepY, times(4, oddFar));
    v128.store(infinity, plus(f32x4.sub(d4, d2), -2, oddFar));
    return;
  }
  const d5 = v128.load(d + step);
  const even = plus(d4, -4, d2);
  const odd = plus(d3, -4, d1);
  const evenFar = f32x4.sub(d4, d2);
  v128.store(y, plus(plus(d4, -5, d2), 4, d0));
  v128.store((y += stepY), f32x4.add(even, odd));
  v128.store((y += stepY), f32x4.sub(even, odd));
  v128.store((y += stepY), plus(evenFar, 2, oddFar));
  v128.store(y + stepY, plus(evenFar, -2, oddFar));
  v128.store(infinity, plus(plus(d5, -5, d3), 4, d1));
}

/** Filter transform, y = G g: of one to five taps to all six points. */
// @ts-ignore: decorator
@inline
export function kernelLine<Taps>(g: usize, step: usize, y: usize, stepY: usize): void {
  const taps = countOf<Taps>();
  const g0 = v128.load(g);
  let last = g0;
  let even = g0;
  let evenFar = g0;
  let odd = f32x4.splat(0);
  let oddFar = odd;
  if (taps > 1) {
    last = v128.load((g += step));
    odd = last;
    oddFar = times(2, last);
  }
  if (taps > 2) {
    last = v128.load((g += step));
    even = f32x4.add(even, last);
    evenFar = plus(evenFar, 4, last);
  }
  if (taps > 3) {
    last = v128.load((g += step));
    odd = f32x4.add(odd, last);
    oddFar = plus(oddFar, 8, last);
  }
  if (taps > 4) {
    last = v128.load((g += step));
    even = f32x4.add(even, last);
    evenFar = plus(evenFar, 16, last);
  }
  const near = f32x4.splat(-1 / <f32>6);
  const far = f32x4.splat(1 / <f32>24);
  v128.store(y, times(0.25, g0));
  v128.store((y += stepY), f32x4.mul(near, f32x4.add(even, odd)));
  v128.store((y += stepY), f32x4.mul(near, f32x4.sub(even, odd)));
  v128.store((y += stepY), f32x4.mul(far, f32x4.add(evenFar, oddFar)));
  v128.store((y += stepY), f32x4.mul(far, f32x4.sub(evenFar, oddFar)));
  v128.store(y + stepY, last);
}

/** Output transform, y = A x + start: of the points to one to five outputs. */
// @ts-ignore: decorator
@inline
export function outputLine<Points, Outputs>(x: usize, step: usize, y: usize, stepY: usize, start: v128): void {
  const points = countOf<Points>();
  const outputs = countOf<Outputs>();
  const zero = f32x4.splat(0);
  const x0 = v128.load(x);
  const x5 = v128.load(x + 5 * step);
  const x1 = v128.load((x += step));
  const x2 = points > 3 ? v128.load((x += step)) : zero;
  const x3 = points > 4 ? v128.load((x += step)) : zero;
  const x4 = points > 5 ? v128.load(x + step) : zero;
  const near = points > 3 ? f32x4.add(x1, x2) : x1;
  const even = f32x4.add(near, start);
  const odd = f32x4.add(points > 3 ? f32x4.sub(x1, x2) : x1, start);
  const evenFar = points > 5 ? f32x4.add(x3, x4) : x3;
  const oddFar = points > 5 ? f32x4.sub(x3, x4) : x3;
  let out = f32x4.add(x0, points > 4 ? f32x4.add(even, evenFar) : even);
  v128.store(y, outputs == 1 ? f32x4.add(out, x5) : out);
  if (outputs > 1) {
    out = points > 4 ? plus(odd, 2, oddFar) : odd;
    v128.store((y += stepY), outputs == 2 ? f32x4.add(out, x5) : out);
  }
  if (outputs > 2) {
    out = plus(even, 4, evenFar);
    v128.store((y += stepY), outputs == 3 ? f32x4.add(out, x5) : out);
  }
  if (outputs > 3) {
    out = plus(odd, 8, oddFar);
    v128.store((y += stepY), outputs == 4 ? f32x4.add(out, x5) : out);
  }
  if (outputs > 4) v128.store(y + stepY, f32x4.add(plus(even, 16, evenFar), x5));
}

/**
 * The transpose of the output transform, y = A' x: of one to five outputs to all six points, of which a partial tile has no
 * use for some.
 */
// @ts-ignore: decorator
@inline
export function spreadLine<Outputs>(x: usize, step: usize, y: usize, stepY: usize): void {
  const outputs = countOf<Outputs>();
  const x0 = v128.load(x);
  let last = x0;
  let even = x0;
  let evenFar = x0;
  let odd = f32x4.splat(0);
  let oddFar = odd;
  if (outputs > 1) {
    last = v128.load((x += step));
    odd = last;
    oddFar = times(2, last);
  }
  if (outputs > 2) {
    last = v128.load((x += step));
    even = f32x4.add(even, last);
    evenFar = plus(evenFar, 4, last);
  }
  if (outputs > 3) {
    last = v128.load((x += step));
    odd = f32x4.add(odd, last);
    oddFar = plus(oddFar, 8, last);
  }
  if (outputs > 4) {
    last = v128.load(x + step);
    even = f32x4.add(even, last);
    evenFar = plus(evenFar, 16, last);
  }
  v128.store(y, x0);
  v128.store((y += stepY), f32x4.add(even, odd));
  v128.store((y += stepY), f32x4.sub(even, odd));
  v128.store((y += stepY), f32x4.add(evenFar, oddFar));
  v128.store((y += stepY), f32x4.sub(evenFar, oddFar));
  v128.store(y + stepY, last);
}

/** Tags: whether a value is written, or added to what is there. */
export class Put {}
export class Add {}

// @ts-ignore: decorator
@inline
function put<How>(y: usize, value: v128): void {
  v128.store(y, idof<How>() == idof<Add>() ? f32x4.add(v128.load(y), value) : value);
}

/** The transpose of the data transform, y = B' x: of the points to as many values. */
// @ts-ignore: decorator
@inline
export function scatterLine<Points, How>(x: usize, step: usize, y: usize, stepY: usize): void {
  const points = countOf<Points>();
  const x0 = v128.load(x);
  const x1 = v128.load(x + step);
  const x5 = v128.load(x + 5 * step);
  put<How>(y, times(4, x0));
  if (points == 3) {
    put<How>((y += stepY), f32x4.sub(f32x4.sub(times(-4, x0), x5), times(6, x1)));
    put<How>(y + stepY, x5);
    return;
  }
  const x2 = v128.load(x + 2 * step);
  const even = f32x4.add(x1, x2);
  const odd = f32x4.sub(x1, x2);
  if (points == 4) {
    put<How>((y += stepY), plus(times(-3, odd), -1, x5));
    put<How>((y += stepY), plus(times(-4, x0), -3, even));
    put<How>(y + stepY, x5);
    return;
  }
  const x3 = v128.load(x + 3 * step);
  if (points == 5) {
    const far = plus(x0, 2, x3);
    put<How>((y += stepY), plus(times(2, f32x4.sub(f32x4.add(x2, x5), far)), -6, x1));
    put<How>((y += stepY), plus(plus(times(-4, x0), -3, even), -1, x5));
    put<How>((y += stepY), plus(plus(x2, 3, x1), 2, f32x4.sub(far, x5)));
    put<How>(y + stepY, x5);
    return;
  }
  const x4 = v128.load(x + 4 * step);
  const evenFar = f32x4.add(x3, x4);
  const oddFar = f32x4.sub(x3, x4);
  put<How>((y += stepY), plus(times(4, f32x4.sub(x5, odd)), -2, oddFar));
  put<How>((y += stepY), f32x4.sub(plus(times(-5, x0), -4, even), evenFar));
  put<How>((y += stepY), plus(plus(odd, 2, oddFar), -5, x5));
  put<How>((y += stepY), f32x4.add(f32x4.add(x0, even), evenFar));
  put<How>(y + stepY, x5);
}
