import {promoteHigh} from '../simd';

/**
 * y[0] = start, y[i] = y[i - 1] + step for 0 < i < n, each rounded to float32 before the next is computed from it; n >= 0.
 *
 * As long as the exponent stays, the rounded step does too, mostly: four values are guessed by it, and are right if each
 * gives the next. One after the other takes 13 cycles a value, the conversions' latency.
 */
export function progression_f32(y: usize, n: i32, start: f64, step: f64): void {
  const end = y + ((<usize>n) << 2);
  const steps = f64x2.splat(step);
  let value = <f32>start;
  while (y < end) {
    const rounded = <f32>(<f64>value + step) - value;
    const four = f32x4.splat(4 * rounded);
    let guess = f32x4.add(f32x4.splat(value), f32x4.mul(f32x4.splat(rounded), f32x4(0, 1, 2, 3)));
    guess = f32x4.replace_lane(guess, 0, value);
    while (y + 16 <= end) {
      const next = f32x4.add(guess, four);
      const low = f32x4.demote_f64x2_zero(f64x2.add(f64x2.promote_low_f32x4(guess), steps));
      const high = f32x4.demote_f64x2_zero(f64x2.add(promoteHigh(guess), steps));
      const right = v128.shuffle<i64>(low, high, 0, 2);
      if (!i32x4.all_true(i32x4.eq(right, v128.shuffle<i32>(guess, next, 1, 2, 3, 4)))) break;
      v128.store(y, guess);
      guess = next;
      y += 16;
    }
    value = f32x4.extract_lane(guess, 0);
    for (let i = 0; i < 4 && y < end; i++) {
      store<f32>(y, value);
      value = <f32>(<f64>value + step);
      y += 4;
    }
  }
}
