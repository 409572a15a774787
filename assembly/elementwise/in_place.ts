/**
 * Epilogues: what kernels do to a part of their output while it is in the cache. Unlike the functions of whole tensors
 * these write nothing past the end of that part, which may begin anywhere.
 */
import {relu} from '../math';
import {storePartial} from '../simd';

/** y[i] = relu(y[i]) for i < n; NaN stays NaN. */
export function activateFloats(y: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(y, relu(v128.load(y)));
    y += 16;
  }
  if (n > 0) storePartial(y, relu(v128.load(y)), n);
}

/** y[i] *= 1 where x[i] > 0, NaN where it is NaN, 0 elsewhere, for i < n. */
export function multiplyBySteps(x: usize, y: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(y, timesStep(v128.load(x), v128.load(y)));
    x += 16;
    y += 16;
  }
  if (n > 0) storePartial(y, timesStep(v128.load(x), v128.load(y)), n);
}

// @ts-ignore: decorator
@inline
function timesStep(x: v128, y: v128): v128 {
  const step = v128.and(f32x4.splat(1), f32x4.gt(x, f32x4.splat(0)));
  return f32x4.mul(y, v128.bitselect(step, x, f32x4.eq(x, x)));
}
