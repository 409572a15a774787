/** float32 kernels with two inputs that are computed in double. combine.ts says what the arguments are. */
import {combine, LongWords} from './combine';
import {Atan2} from './double/arctangent';
import {FloorDiv, Mod} from './double/division';
import {Pow} from './double/exponential';
import {HalvesOfTwo} from './double/halves';
import {Hypot} from './double/hypot';

// @ts-ignore: decorator
@inline
function inDouble<Op>(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  combine<f32, f32, LongWords<HalvesOfTwo<Op>>>(a, b, y, n, periodA, periodB, params, scratch);
}

/** The angle of the point (b, a), from -pi to pi. */
export function atan2_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  inDouble<Atan2>(a, b, y, n, periodA, periodB, params, scratch);
}
/** floor(a / b) as int32, modulo 2^32; 0 where b is 0. */
export function floor_div_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  combine<f32, i32, LongWords<FloorDiv>>(a, b, y, n, periodA, periodB, params, scratch);
}
/** sqrt(a^2 + b^2); Infinity where a or b is infinite, even beside NaN. */
export function hypot_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  inDouble<Hypot>(a, b, y, n, periodA, periodB, params, scratch);
}
/** The remainder of a / b with the sign of b, as in tfjs; exact. */
export function mod_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  inDouble<Mod>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a^b as Math.pow has it. Error: at most 0.51 ulp over 2^28 pairs (`npm run accuracy`). */
export function pow_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  inDouble<Pow>(a, b, y, n, periodA, periodB, params, scratch);
}
