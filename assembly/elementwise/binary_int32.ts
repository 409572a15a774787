/**
 * int32 kernels with two inputs, of any broadcast shapes: results as if computed in double and stored modulo 2^32, as
 * in JavaScript. combine.ts says what the arguments are.
 */
import {combine, LongWords, Words} from './combine';
import {divide, modulo, multiply, squaredDifference} from './int32_arithmetic';

class Add {}
class BitwiseAnd {}
class FloorDiv {}
class Maximum {}
class Minimum {}
class Mod {}
class Multiply {}
class RealDiv {}
class SquaredDifference {}
class Sub {}

@unmanaged
class Integer<Op> {
  // @ts-ignore: decorator
  @inline
  apply(a: v128, b: v128): v128 {
    if (idof<Op>() == idof<Add>()) return i32x4.add(a, b);
    if (idof<Op>() == idof<BitwiseAnd>()) return v128.and(a, b);
    if (idof<Op>() == idof<FloorDiv>()) return divide(a, b, true);
    if (idof<Op>() == idof<Maximum>()) return i32x4.max_s(a, b);
    if (idof<Op>() == idof<Minimum>()) return i32x4.min_s(a, b);
    if (idof<Op>() == idof<Mod>()) return modulo(a, b);
    if (idof<Op>() == idof<Multiply>()) return multiply(a, b);
    if (idof<Op>() == idof<RealDiv>()) return divide(a, b, false);
    if (idof<Op>() == idof<SquaredDifference>()) return squaredDifference(a, b);
    return i32x4.sub(a, b);
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
  combine<i32, i32, Words<Integer<Op>>>(a, b, y, n, periodA, periodB, params, scratch);
}

// @ts-ignore: decorator
@inline
function long<Op>(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  combine<i32, i32, LongWords<Integer<Op>>>(a, b, y, n, periodA, periodB, params, scratch);
}

/** a + b. */
export function add_i32(
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
/** The bits that both a and b have. */
export function bitwise_and_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  short<BitwiseAnd>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a / b rounded down; 0 where b is 0. */
export function floor_div_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  long<FloorDiv>(a, b, y, n, periodA, periodB, params, scratch);
}
/** The greater of a and b. */
export function maximum_i32(
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
/** The lesser of a and b. */
export function minimum_i32(
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
/** The remainder of a / b with the sign of b; 0 where b is 0. */
export function mod_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  long<Mod>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a b. */
export function multiply_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  long<Multiply>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a / b rounded towards zero; 0 where b is 0. */
export function real_div_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  long<RealDiv>(a, b, y, n, periodA, periodB, params, scratch);
}
/** (a - b)^2. */
export function squared_difference_i32(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  long<SquaredDifference>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a - b. */
export function sub_i32(
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
