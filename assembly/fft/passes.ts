/**
 * The passes of a transform over lists of complex numbers, real and imaginary parts apart, in the order that sorts itself
 * (Stockham's; see Van Loan, "Computational Frameworks for the Fast Fourier Transform", 1992, 1.7).
 *
 * With a pass of radix r, n numbers in x, where n = r m s, become n in y:
 *
 *   y[q + s (r p + k)] = w^(k p s) * sum over j < r of x[q + s (p + j m)] e^(-2 pi i j k / r),   w = e^(-2 pi i / n),
 *
 * for p < m, q < s, k < r. The first pass has s = 1, each further one the product of the radices before it, the last one
 * m = 1. `cos` and `sin` are the n roots of roots.ts. x and y do not overlap; nothing is written past the end of y.
 */
import {fma, fnma} from '../simd';

/** How many numbers are taken at a time: those of four neighbouring q, or one. */
class Four {}
class One {}

/** Whether the sums are multiplied by roots; in the last pass, all of these are 1. */
class Weighted {}
class Plain {}

class Radix2 {}
class Radix3 {}
class Radix4 {}
class Radix5 {}

const SIN_60 = memory.data<f32>([0.8660254037844386], 4);
const COS_72 = memory.data<f32>([0.3090169943749474], 4);
const SIN_72 = memory.data<f32>([0.9510565162951535], 4);
const COS_144 = memory.data<f32>([-0.8090169943749474], 4);
const SIN_144 = memory.data<f32>([0.5877852522924731], 4);

// @ts-ignore: decorator
@inline
function get<Lanes>(x: usize): v128 {
  return idof<Lanes>() == idof<Four>() ? v128.load(x) : v128.load32_zero(x);
}

// @ts-ignore: decorator
@inline
function put<Lanes>(y: usize, value: v128): void {
  if (idof<Lanes>() == idof<Four>()) v128.store(y, value);
  else v128.store32_lane(y, value, 0);
}

/** Stores a complex number times the root at the addresses cos and sin. */
// @ts-ignore: decorator
@inline
function putTimes<Lanes, Weights>(yr: usize, yi: usize, re: v128, im: v128, cos: usize, sin: usize): void {
  if (idof<Weights>() == idof<Plain>()) {
    put<Lanes>(yr, re);
    put<Lanes>(yi, im);
    return;
  }
  const c = v128.load32_splat(cos);
  const s = v128.load32_splat(sin);
  put<Lanes>(yr, fma(im, s, f32x4.mul(re, c)));
  put<Lanes>(yi, fnma(re, s, f32x4.mul(im, c)));
}

// @ts-ignore: decorator
@inline
function butterfly2<Lanes, Weights>(
  xr: usize,
  xi: usize,
  xStep: usize,
  yr: usize,
  yi: usize,
  yStep: usize,
  cos: usize,
  sin: usize,
  root: usize,
): void {
  const ar = get<Lanes>(xr);
  const ai = get<Lanes>(xi);
  const br = get<Lanes>(xr + xStep);
  const bi = get<Lanes>(xi + xStep);
  put<Lanes>(yr, f32x4.add(ar, br));
  put<Lanes>(yi, f32x4.add(ai, bi));
  putTimes<Lanes, Weights>(yr + yStep, yi + yStep, f32x4.sub(ar, br), f32x4.sub(ai, bi), cos + root, sin + root);
}

// @ts-ignore: decorator
@inline
function butterfly3<Lanes, Weights>(
  xr: usize,
  xi: usize,
  xStep: usize,
  yr: usize,
  yi: usize,
  yStep: usize,
  cos: usize,
  sin: usize,
  root: usize,
): void {
  const ar = get<Lanes>(xr);
  const ai = get<Lanes>(xi);
  const br = get<Lanes>(xr + xStep);
  const bi = get<Lanes>(xi + xStep);
  const cr = get<Lanes>(xr + 2 * xStep);
  const ci = get<Lanes>(xi + 2 * xStep);
  const sumR = f32x4.add(br, cr);
  const sumI = f32x4.add(bi, ci);
  put<Lanes>(yr, f32x4.add(ar, sumR));
  put<Lanes>(yi, f32x4.add(ai, sumI));
  const half = f32x4.splat(0.5);
  const midR = fnma(half, sumR, ar);
  const midI = fnma(half, sumI, ai);
  const sine = v128.load32_splat(SIN_60);
  const difR = f32x4.mul(sine, f32x4.sub(br, cr));
  const difI = f32x4.mul(sine, f32x4.sub(bi, ci));
  let re = f32x4.add(midR, difI);
  let im = f32x4.sub(midI, difR);
  putTimes<Lanes, Weights>(yr + yStep, yi + yStep, re, im, cos + root, sin + root);
  re = f32x4.sub(midR, difI);
  im = f32x4.add(midI, difR);
  putTimes<Lanes, Weights>(yr + 2 * yStep, yi + 2 * yStep, re, im, cos + 2 * root, sin + 2 * root);
}

// @ts-ignore: decorator
@inline
function butterfly4<Lanes, Weights>(
  xr: usize,
  xi: usize,
  xStep: usize,
  yr: usize,
  yi: usize,
  yStep: usize,
  cos: usize,
  sin: usize,
  root: usize,
): void {
  const ar = get<Lanes>(xr);
  const ai = get<Lanes>(xi);
  const cr = get<Lanes>(xr + 2 * xStep);
  const ci = get<Lanes>(xi + 2 * xStep);
  const evenR = f32x4.add(ar, cr);
  const evenI = f32x4.add(ai, ci);
  const oddR = f32x4.sub(ar, cr);
  const oddI = f32x4.sub(ai, ci);
  const br = get<Lanes>(xr + xStep);
  const bi = get<Lanes>(xi + xStep);
  const dr = get<Lanes>(xr + 3 * xStep);
  const di = get<Lanes>(xi + 3 * xStep);
  const sumR = f32x4.add(br, dr);
  const sumI = f32x4.add(bi, di);
  const difR = f32x4.sub(br, dr);
  const difI = f32x4.sub(bi, di);
  put<Lanes>(yr, f32x4.add(evenR, sumR));
  put<Lanes>(yi, f32x4.add(evenI, sumI));
  let re = f32x4.add(oddR, difI);
  let im = f32x4.sub(oddI, difR);
  putTimes<Lanes, Weights>(yr + yStep, yi + yStep, re, im, cos + root, sin + root);
  re = f32x4.sub(evenR, sumR);
  im = f32x4.sub(evenI, sumI);
  putTimes<Lanes, Weights>(yr + 2 * yStep, yi + 2 * yStep, re, im, cos + 2 * root, sin + 2 * root);
  re = f32x4.sub(oddR, difI);
  im = f32x4.add(oddI, difR);
  putTimes<Lanes, Weights>(yr + 3 * yStep, yi + 3 * yStep, re, im, cos + 3 * root, sin + 3 * root);
}

// @ts-ignore: decorator
@inline
function butterfly5<Lanes, Weights>(
  xr: usize,
  xi: usize,
  xStep: usize,
  yr: usize,
  yi: usize,
  yStep: usize,
  cos: usize,
  sin: usize,
  root: usize,
): void {
  const ar = get<Lanes>(xr);
  const ai = get<Lanes>(xi);
  const br = get<Lanes>(xr + xStep);
  const bi = get<Lanes>(xi + xStep);
  const er = get<Lanes>(xr + 4 * xStep);
  const ei = get<Lanes>(xi + 4 * xStep);
  const outerSumR = f32x4.add(br, er);
  const outerSumI = f32x4.add(bi, ei);
  const outerDifR = f32x4.sub(br, er);
  const outerDifI = f32x4.sub(bi, ei);
  const cr = get<Lanes>(xr + 2 * xStep);
  const ci = get<Lanes>(xi + 2 * xStep);
  const dr = get<Lanes>(xr + 3 * xStep);
  const di = get<Lanes>(xi + 3 * xStep);
  const innerSumR = f32x4.add(cr, dr);
  const innerSumI = f32x4.add(ci, di);
  const innerDifR = f32x4.sub(cr, dr);
  const innerDifI = f32x4.sub(ci, di);
  put<Lanes>(yr, f32x4.add(ar, f32x4.add(outerSumR, innerSumR)));
  put<Lanes>(yi, f32x4.add(ai, f32x4.add(outerSumI, innerSumI)));
  const cos1 = v128.load32_splat(COS_72);
  const cos2 = v128.load32_splat(COS_144);
  const sin1 = v128.load32_splat(SIN_72);
  const sin2 = v128.load32_splat(SIN_144);
  const outerR = fma(cos2, innerSumR, fma(cos1, outerSumR, ar));
  const outerI = fma(cos2, innerSumI, fma(cos1, outerSumI, ai));
  const outerTurnR = fma(sin2, innerDifR, f32x4.mul(sin1, outerDifR));
  const outerTurnI = fma(sin2, innerDifI, f32x4.mul(sin1, outerDifI));
  let re = f32x4.add(outerR, outerTurnI);
  let im = f32x4.sub(outerI, outerTurnR);
  putTimes<Lanes, Weights>(yr + yStep, yi + yStep, re, im, cos + root, sin + root);
  re = f32x4.sub(outerR, outerTurnI);
  im = f32x4.add(outerI, outerTurnR);
  putTimes<Lanes, Weights>(yr + 4 * yStep, yi + 4 * yStep, re, im, cos + 4 * root, sin + 4 * root);
  const innerR = fma(cos1, innerSumR, fma(cos2, outerSumR, ar));
  const innerI = fma(cos1, innerSumI, fma(cos2, outerSumI, ai));
  const innerTurnR = fnma(sin1, innerDifR, f32x4.mul(sin2, outerDifR));
  const innerTurnI = fnma(sin1, innerDifI, f32x4.mul(sin2, outerDifI));
  re = f32x4.add(innerR, innerTurnI);
  im = f32x4.sub(innerI, innerTurnR);
  putTimes<Lanes, Weights>(yr + 2 * yStep, yi + 2 * yStep, re, im, cos + 2 * root, sin + 2 * root);
  re = f32x4.sub(innerR, innerTurnI);
  im = f32x4.add(innerI, innerTurnR);
  putTimes<Lanes, Weights>(yr + 3 * yStep, yi + 3 * yStep, re, im, cos + 3 * root, sin + 3 * root);
}

/**
 * One loop over p and q. The last four of the q end at s, and may have been computed before. s >= 4 if four are taken.
 */
// @ts-ignore: decorator
@inline
function loop<Radix, Lanes, Weights>(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
  radix: usize,
): void {
  const step: usize = idof<Lanes>() == idof<Four>() ? 16 : 4;
  const row = (<usize>s) << 2;
  const xStep = <usize>m * row;
  const last = row - step;
  const next = step + (radix - 1) * row;
  let root: usize = 0;
  let q: usize = 0;
  let count = m * (idof<Lanes>() == idof<Four>() ? (s + 3) >> 2 : s);
  while (count > 0) {
    if (idof<Radix>() == idof<Radix2>()) butterfly2<Lanes, Weights>(xr, xi, xStep, yr, yi, row, cos, sin, root);
    if (idof<Radix>() == idof<Radix3>()) butterfly3<Lanes, Weights>(xr, xi, xStep, yr, yi, row, cos, sin, root);
    if (idof<Radix>() == idof<Radix4>()) butterfly4<Lanes, Weights>(xr, xi, xStep, yr, yi, row, cos, sin, root);
    if (idof<Radix>() == idof<Radix5>()) butterfly5<Lanes, Weights>(xr, xi, xStep, yr, yi, row, cos, sin, root);
    if (q == last) {
      xr += step;
      xi += step;
      yr += next;
      yi += next;
      root += row;
      q = 0;
    } else {
      const by = min(step, last - q);
      xr += by;
      xi += by;
      yr += by;
      yi += by;
      q += by;
    }
    count--;
  }
}

// @ts-ignore: decorator
@inline
function pass<Radix>(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
  radix: usize,
): void {
  if (s < 4) loop<Radix, One, Weighted>(xr, xi, yr, yi, m, s, cos, sin, radix);
  else if (m > 1) loop<Radix, Four, Weighted>(xr, xi, yr, yi, m, s, cos, sin, radix);
  else loop<Radix, Four, Plain>(xr, xi, yr, yi, m, s, cos, sin, radix);
}

export function fft_pass_2_f32(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
): void {
  pass<Radix2>(xr, xi, yr, yi, m, s, cos, sin, 2);
}

export function fft_pass_3_f32(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
): void {
  pass<Radix3>(xr, xi, yr, yi, m, s, cos, sin, 3);
}

export function fft_pass_4_f32(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
): void {
  pass<Radix4>(xr, xi, yr, yi, m, s, cos, sin, 4);
}

export function fft_pass_5_f32(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  m: i32,
  s: i32,
  cos: usize,
  sin: usize,
): void {
  pass<Radix5>(xr, xi, yr, yi, m, s, cos, sin, 5);
}
