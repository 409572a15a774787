import {fma, fnma} from '../simd';
import {get, put, putPair} from './lanes';

const COS_72 = memory.data<f32>([0.3090169943749474], 4);
const SIN_72 = memory.data<f32>([0.9510565162951535], 4);
const COS_144 = memory.data<f32>([-0.8090169943749474], 4);
const SIN_144 = memory.data<f32>([0.5877852522924731], 4);

/** One step of a pass of radix 5, as passes.ts has it: y and the roots are those of k = 0. */
// @ts-ignore: decorator
@inline
export function butterfly5<Lanes, Weights>(
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
  putPair<Lanes, Weights>(yr, yi, yStep, cos, sin, root, 1, 4, outerR, outerI, outerTurnR, outerTurnI);
  const innerR = fma(cos1, innerSumR, fma(cos2, outerSumR, ar));
  const innerI = fma(cos1, innerSumI, fma(cos2, outerSumI, ai));
  const innerTurnR = fnma(sin1, innerDifR, f32x4.mul(sin2, outerDifR));
  const innerTurnI = fnma(sin1, innerDifI, f32x4.mul(sin2, outerDifI));
  putPair<Lanes, Weights>(yr, yi, yStep, cos, sin, root, 2, 3, innerR, innerI, innerTurnR, innerTurnI);
}
