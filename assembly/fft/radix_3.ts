import {fnma} from '../simd';
import {get, put, putPair} from './lanes';

const SIN_60 = memory.data<f32>([0.8660254037844386], 4);

/** One step of a pass of radix 3, as passes.ts has it: y and the roots are those of k = 0. */
// @ts-ignore: decorator
@inline
export function butterfly3<Lanes, Weights>(
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
  putPair<Lanes, Weights>(yr, yi, yStep, cos, sin, root, 1, 2, midR, midI, difR, difI);
}
