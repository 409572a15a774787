/** float32 kernels with two inputs, of any broadcast shapes. combine.ts says what the arguments are. */
import {combine, Words} from './combine';

class Add {}
class EluGrad {}
class Maximum {}
class Minimum {}
class Multiply {}
class Prelu {}
class RealDiv {}
class SquaredDifference {}
class Sub {}

@unmanaged
class Binary<Op> {
  // @ts-ignore: decorator
  @inline
  apply(a: v128, b: v128): v128 {
    if (idof<Op>() == idof<Add>()) return f32x4.add(a, b);
    if (idof<Op>() == idof<EluGrad>()) {
      const slope = f32x4.add(b, f32x4.splat(1));
      return v128.bitselect(a, f32x4.mul(a, slope), f32x4.ge(b, f32x4.splat(0)));
    }
    // max and min, not pmax and pmin: NaN in either input stays NaN, and 0 is greater than -0.
    if (idof<Op>() == idof<Maximum>()) return f32x4.max(a, b);
    if (idof<Op>() == idof<Minimum>()) return f32x4.min(a, b);
    if (idof<Op>() == idof<Multiply>()) return f32x4.mul(a, b);
    if (idof<Op>() == idof<Prelu>()) return v128.bitselect(f32x4.mul(a, b), a, f32x4.lt(a, f32x4.splat(0)));
    if (idof<Op>() == idof<RealDiv>()) return f32x4.div(a, b);
    const d = f32x4.sub(a, b);
    if (idof<Op>() == idof<Sub>()) return d;
    return f32x4.mul(d, d);
  }
}

// @ts-ignore: decorator
@inline
function short<Op>(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  combine<f32, f32, Words<Binary<Op>>>(a, b, y, n, periodA, periodB, params, scratch);
}

/** a + b. */
export function add_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<Add>(a, b, y, n, periodA, periodB, params, scratch);
}
/**
 * The gradient of elu with respect to its input, from that with respect to its output (a) and the output (b): a, or a
 * (b + 1) where b < 0.
 */
export function elu_grad_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<EluGrad>(a, b, y, n, periodA, periodB, params, scratch);
}
/** The greater of a and b; NaN if either is NaN. */
export function maximum_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<Maximum>(a, b, y, n, periodA, periodB, params, scratch);
}
/** The lesser of a and b; NaN if either is NaN. */
export function minimum_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<Minimum>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a b. */
export function multiply_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<Multiply>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a, or a b where a < 0. */
export function prelu_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<Prelu>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a / b. */
export function real_div_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<RealDiv>(a, b, y, n, periodA, periodB, params, scratch);
}
/** (a - b)^2. */
export function squared_difference_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<SquaredDifference>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a - b. */
export function sub_f32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<Sub>(a, b, y, n, periodA, periodB, params, scratch);
}
