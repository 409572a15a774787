import {get, put, putTimes} from './lanes';

/** One step of a pass of radix 2, as passes.ts has it: y and the roots are those of k = 0. */
// @ts-ignore: decorator
@inline
export function butterfly2<Lanes, Weights>(
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
