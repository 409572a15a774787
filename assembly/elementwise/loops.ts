/**
 * The loop of the kernels with one input. An operation is a class with a method `apply` on one vector; a block is a
 * class that applies one to 16 elements; both are compiled into the loop at no cost.
 *
 * 16 elements are a cache line of floats, to which every block of the heap is padded: no loop has a tail.
 */
import {packMasks} from '../simd';
import {Halves} from './double/halves';

/**
 * y[i] = Op(x[i], p, q) for i < n, n >= 0, by blocks of Op; up to 15 elements more are read and written. x and y may be
 * the same where their elements have the same size.
 */
// @ts-ignore: decorator
@inline
function map<In, Out, Block>(x: usize, y: usize, n: i32, p: v128, q: v128): void {
  const block = changetype<Block>(0);
  const end = x + <usize>n * sizeof<In>();
  while (x < end) {
    block.at(x, y, p, q);
    x += 16 * sizeof<In>();
    y += 16 * sizeof<Out>();
  }
}

/** Elements of four bytes to elements of four bytes. */
// @ts-ignore: decorator
@inline
export function mapWords<Op>(x: usize, y: usize, n: i32, p: v128, q: v128): void {
  map<u32, u32, Words<Op>>(x, y, n, p, q);
}

/** The same for longer operations, which are faster with two vectors at a time than with four. */
// @ts-ignore: decorator
@inline
export function mapLong<Op>(x: usize, y: usize, n: i32, p: v128, q: v128): void {
  map<u32, u32, PairsOfWords<Op>>(x, y, n, p, q);
}

/** The same for operations in double, which process each vector in two halves. */
// @ts-ignore: decorator
@inline
export function mapHalves<Op>(x: usize, y: usize, n: i32): void {
  const zero = i32x4.splat(0);
  map<u32, u32, LongWords<Halves<Op>>>(x, y, n, zero, zero);
}

/** Elements of four bytes to bool, by an operation that gives all ones or zeros. */
// @ts-ignore: decorator
@inline
export function mapToBool<Op>(x: usize, y: usize, n: i32): void {
  const zero = i32x4.splat(0);
  map<u32, u8, WordsToBool<Op>>(x, y, n, zero, zero);
}

/** bool to elements of four bytes, by an operation on four int32 of 0 or 1. */
// @ts-ignore: decorator
@inline
export function mapFromBool<Op>(x: usize, y: usize, n: i32): void {
  const zero = i32x4.splat(0);
  map<u8, u32, BoolToWords<Op>>(x, y, n, zero, zero);
}

/** bool to bool, by an operation on 16 bytes. */
// @ts-ignore: decorator
@inline
export function mapBools<Op>(x: usize, y: usize, n: i32): void {
  const zero = i32x4.splat(0);
  map<u8, u8, Bools<Op>>(x, y, n, zero, zero);
}

@unmanaged
class Words<Op> {
  // @ts-ignore: decorator
  @inline
  at(x: usize, y: usize, p: v128, q: v128): void {
    const op = changetype<Op>(0);
    v128.store(y, op.apply(v128.load(x), p, q));
    v128.store(y, op.apply(v128.load(x, 16), p, q), 16);
    v128.store(y, op.apply(v128.load(x, 32), p, q), 32);
    v128.store(y, op.apply(v128.load(x, 48), p, q), 48);
  }
}

@unmanaged
class PairsOfWords<Op> {
  // @ts-ignore: decorator
  @inline
  at(x: usize, y: usize, p: v128, q: v128): void {
    const op = changetype<Op>(0);
    const end = x + 64;
    while (x < end) {
      const first = op.apply(v128.load(x), p, q);
      const second = op.apply(v128.load(x, 16), p, q);
      v128.store(y, first);
      v128.store(y, second, 16);
      x += 32;
      y += 32;
    }
  }
}

@unmanaged
class LongWords<Op> {
  // @ts-ignore: decorator
  @inline
  at(x: usize, y: usize, p: v128, q: v128): void {
    const op = changetype<Op>(0);
    const end = x + 64;
    while (x < end) {
      v128.store(y, op.apply(v128.load(x), p, q));
      x += 16;
      y += 16;
    }
  }
}

@unmanaged
class WordsToBool<Op> {
  // @ts-ignore: decorator
  @inline
  at(x: usize, y: usize, p: v128, q: v128): void {
    const op = changetype<Op>(0);
    const a = op.apply(v128.load(x), p, q);
    const b = op.apply(v128.load(x, 16), p, q);
    const c = op.apply(v128.load(x, 32), p, q);
    const d = op.apply(v128.load(x, 48), p, q);
    v128.store(y, packMasks(a, b, c, d));
  }
}

@unmanaged
class BoolToWords<Op> {
  // @ts-ignore: decorator
  @inline
  at(x: usize, y: usize, p: v128, q: v128): void {
    const op = changetype<Op>(0);
    const low = v128.load8x8_u(x);
    const high = v128.load8x8_u(x, 8);
    v128.store(y, op.apply(i32x4.extend_low_i16x8_u(low), p, q));
    v128.store(y, op.apply(i32x4.extend_high_i16x8_u(low), p, q), 16);
    v128.store(y, op.apply(i32x4.extend_low_i16x8_u(high), p, q), 32);
    v128.store(y, op.apply(i32x4.extend_high_i16x8_u(high), p, q), 48);
  }
}

@unmanaged
class Bools<Op> {
  // @ts-ignore: decorator
  @inline
  at(x: usize, y: usize, p: v128, q: v128): void {
    const op = changetype<Op>(0);
    v128.store(y, op.apply(v128.load(x), p, q));
  }
}
