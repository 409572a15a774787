/** Logic on bool, of any broadcast shapes. combine.ts says what the arguments are; loops.ts for one input. */
import {Bools, combine} from './combine';
import {mapBools} from './loops';

class And {}
class Or {}
class Xor {}

@unmanaged
class Logic<Op> {
  // @ts-ignore: decorator
  @inline
  apply(a: v128, b: v128): v128 {
    if (idof<Op>() == idof<And>()) return v128.and(a, b);
    return idof<Op>() == idof<Or>() ? v128.or(a, b) : v128.xor(a, b);
  }
}

@unmanaged
class Not {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    return i8x16.abs(i8x16.eq(x, i8x16.splat(0)));
  }
}

/** a and b. */
export function logical_and_bool(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  combine<u8, u8, Bools<Logic<And>>>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a or b. */
export function logical_or_bool(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  combine<u8, u8, Bools<Logic<Or>>>(a, b, y, n, periodA, periodB, params, scratch);
}
/** a or b, but not both. */
export function logical_xor_bool(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  params: usize,
  scratch: usize,
): void {
  combine<u8, u8, Bools<Logic<Xor>>>(a, b, y, n, periodA, periodB, params, scratch);
}
/** y[i] = not x[i] for i < n. */
export function logical_not_bool(x: usize, y: usize, n: i32): void {
  mapBools<Not>(x, y, n);
}
