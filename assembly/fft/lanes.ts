/** What the passes read and write: complex numbers, real and imaginary parts apart, in the lanes of vectors. */
import {conjugateProductI, conjugateProductR} from './lists';

/** How many numbers are taken at a time: those of four neighbouring q, or one. */
export class Four {}
export class One {}

/** Whether the sums are multiplied by roots; in the last pass, all of these are 1. */
export class Weighted {}
export class Plain {}

// @ts-ignore: decorator
@inline
export function get<Lanes>(x: usize): v128 {
  return idof<Lanes>() == idof<Four>() ? v128.load(x) : v128.load32_zero(x);
}

// @ts-ignore: decorator
@inline
export function put<Lanes>(y: usize, value: v128): void {
  if (idof<Lanes>() == idof<Four>()) v128.store(y, value);
  else v128.store32_lane(y, value, 0);
}

/** Stores a complex number times the root at the addresses cos and sin. */
// @ts-ignore: decorator
@inline
export function putTimes<Lanes, Weights>(yr: usize, yi: usize, re: v128, im: v128, cos: usize, sin: usize): void {
  if (idof<Weights>() == idof<Plain>()) {
    put<Lanes>(yr, re);
    put<Lanes>(yi, im);
    return;
  }
  const c = v128.load32_splat(cos);
  const s = v128.load32_splat(sin);
  put<Lanes>(yr, conjugateProductR(re, im, c, s));
  put<Lanes>(yi, conjugateProductI(re, im, c, s));
}

/**
 * The sums k and radix - k, which differ in the sign of their sines: z - i t at yr and yi, and z + i t, of which `other` is
 * radix - k, each times its root. Roots are `root` bytes apart, sums yStep.
 */
// @ts-ignore: decorator
@inline
export function putPair<Lanes, Weights>(
  yr: usize,
  yi: usize,
  yStep: usize,
  cos: usize,
  sin: usize,
  root: usize,
  k: usize,
  other: usize,
  zr: v128,
  zi: v128,
  tr: v128,
  ti: v128,
): void {
  let at = k * yStep;
  let w = k * root;
  putTimes<Lanes, Weights>(yr + at, yi + at, f32x4.add(zr, ti), f32x4.sub(zi, tr), cos + w, sin + w);
  at = other * yStep;
  w = other * root;
  putTimes<Lanes, Weights>(yr + at, yi + at, f32x4.sub(zr, ti), f32x4.add(zi, tr), cos + w, sin + w);
}
