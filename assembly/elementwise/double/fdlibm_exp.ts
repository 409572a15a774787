/**
 * The exponential of JavaScript's engines, to the last bit: V8 and SpiderMonkey take it from fdlibm. After e_exp.c:
 *
 * Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */

// @ts-ignore: decorator
@inline
const LN2_HIGH: f64 = 6.9314718036912381649e-1;
// @ts-ignore: decorator
@inline
const LN2_LOW: f64 = 1.90821492927058770002e-10;
// @ts-ignore: decorator
@inline
const LOG2_E: f64 = 1.442695040888963387;
/** Below it the result is 0. */
// @ts-ignore: decorator
@inline
const LOWEST: f64 = -7.4513321910194110842e2;

/** Math.exp(x) for x <= 0 or NaN. */
export function expOfNegative(x: f64): f64 {
  const high = <u32>(reinterpret<u64>(x) >> 32) & 0x7fffffff;
  if (x < LOWEST) return 0;
  if (high < 0x3e300000) return 1 + x;
  let k = 0;
  let upper: f64 = 0;
  let lower: f64 = 0;
  // Beyond ln(2) / 2: x = k ln(2) + upper - lower.
  if (high > 0x3fd62e42) {
    if (high < 0x3ff0a2b2) {
      k = -1;
      upper = x + LN2_HIGH;
      lower = -LN2_LOW;
    } else {
      if (x != x) return x;
      k = <i32>(LOG2_E * x - 0.5);
      upper = x - <f64>k * LN2_HIGH;
      lower = <f64>k * LN2_LOW;
    }
    x = upper - lower;
  }
  const t = x * x;
  let p = -1.6533902205465251539e-6 + t * 4.13813679705723846039e-8;
  p = -2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * p);
  const c = x - t * (1.66666666666666019037e-1 + t * p);
  if (k == 0) return 1 - ((x * c) / (c - 2) - x);
  const y = 1 - (lower - (x * c) / (2 - c) - upper);
  if (k >= -1021) return y * reinterpret<f64>((<u64>(1023 + k)) << 52);
  return y * reinterpret<f64>((<u64>(2023 + k)) << 52) * 9.3326361850321887899e-302;
}
