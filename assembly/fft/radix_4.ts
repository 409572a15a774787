import {get, put, putPair, putTimes} from './lanes';

/** One step of a pass of radix 4, as passes.ts has it: y and the roots are those of k = 0. */
// @ts-ignore: decorator
@inline
export function butterfly4<Lanes, Weights>(
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
  putPair<Lanes, Weights>(yr, yi, yStep, cos, sin, root, 1, 3, oddR, oddI, difR, difI);
  const re = f32x4.sub(evenR, sumR);
  const im = f32x4.sub(evenI, sumI);
  putTimes<Lanes, Weights>(yr + 2 * yStep, yi + 2 * yStep, re, im, cos + 2 * root, sin + 2 * root);
}
