/**
 * The transforms of Winograd's minimal filtering in one dimension, each of six points: 0, 1, -1, 2, -2 and infinity
 * (Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016). Of m outputs of a filter with r taps,
 * m + r - 1 is 6, so that all pairs of m and r share the transform of the data:
 *
 *   y = A (G g * B d)
 *
 * A line is a run of vectors `step` bytes apart; each transform computes four channels at once.
 */

/** Tags: how many taps a kernel's line has, or how many outputs. */
export class Two {}
export class Three {}
export class Four {}
export class Five {}

// @ts-ignore: decorator
@inline
export function countOf<Count>(): i32 {
  if (idof<Count>() == idof<Two>()) return 2;
  if (idof<Count>() == idof<Three>()) return 3;
  return idof<Count>() == idof<Four>() ? 4 : 5;
}

/** a + x b, where x is a power of two or so: constants are cheaper as splats here than from memory. */
// @ts-ignore: decorator
@inline
function plus(a: v128, x: f32, b: v128): v128 {
  return f32x4.add(a, f32x4.mul(f32x4.splat(x), b));
}

/** y = B d: six of the data to six. */
// @ts-ignore: decorator
@inline
export function dataLine(d: usize, step: usize, y: usize, stepY: usize): void {
  const d0 = v128.load(d);
  const d1 = v128.load((d += step));
  const d2 = v128.load((d += step));
  const d3 = v128.load((d += step));
  const d4 = v128.load((d += step));
  const d5 = v128.load(d + step);
  const even = plus(d4, -4, d2);
  const odd = plus(d3, -4, d1);
  const evenFar = f32x4.sub(d4, d2);
  const oddFar = f32x4.sub(d3, d1);
  v128.store(y, plus(plus(d4, -5, d2), 4, d0));
  v128.store((y += stepY), f32x4.add(even, odd));
  v128.store((y += stepY), f32x4.sub(even, odd));
  v128.store((y += stepY), plus(evenFar, 2, oddFar));
  v128.store((y += stepY), plus(evenFar, -2, oddFar));
  v128.store(y + stepY, plus(plus(d5, -5, d3), 4, d1));
}

/** y = G g: the taps of a kernel, two to five, to six. */
// @ts-ignore: decorator
@inline
export function kernelLine<Taps>(g: usize, step: usize, y: usize, stepY: usize): void {
  const taps = countOf<Taps>();
  const g0 = v128.load(g);
  const g1 = v128.load((g += step));
  let last = g1;
  let even = g0;
  let odd = g1;
  let evenFar = g0;
  let oddFar = f32x4.mul(f32x4.splat(2), g1);
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
  v128.store(y, f32x4.mul(f32x4.splat(0.25), g0));
  v128.store((y += stepY), f32x4.mul(near, f32x4.add(even, odd)));
  v128.store((y += stepY), f32x4.mul(near, f32x4.sub(even, odd)));
  v128.store((y += stepY), f32x4.mul(far, f32x4.add(evenFar, oddFar)));
  v128.store((y += stepY), f32x4.mul(far, f32x4.sub(evenFar, oddFar)));
  v128.store(y + stepY, last);
}

/** y = A x + start: six to the outputs, two to five. */
// @ts-ignore: decorator
@inline
export function outputLine<Outputs>(x: usize, step: usize, y: usize, stepY: usize, start: v128): void {
  const outputs = countOf<Outputs>();
  const x0 = v128.load(x);
  const x1 = v128.load((x += step));
  const x2 = v128.load((x += step));
  const x3 = v128.load((x += step));
  const x4 = v128.load((x += step));
  const x5 = v128.load(x + step);
  const even = f32x4.add(f32x4.add(x1, x2), start);
  const odd = f32x4.add(f32x4.sub(x1, x2), start);
  const evenFar = f32x4.add(x3, x4);
  const oddFar = f32x4.sub(x3, x4);
  v128.store(y, f32x4.add(x0, f32x4.add(even, evenFar)));
  let out = plus(odd, 2, oddFar);
  v128.store((y += stepY), outputs == 2 ? f32x4.add(out, x5) : out);
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
