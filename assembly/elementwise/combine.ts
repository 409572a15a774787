/**
 * The loop of the kernels with two inputs. An operation is a class with a method `apply` on two vectors; a block is a
 * class that applies one to 16 elements of each input, as in loops.ts.
 */
import {packMasks} from '../simd';
import {expand, repeated, wrapAt} from './operands';

/** The elements of the result that are computed at a time where an operand is expanded: a third of the cache. */
// @ts-ignore: decorator
@inline
const CHUNK: i32 = 1024;

/** The bytes of scratch for operands that are expanded. */
export function expand_scratch_bytes(): i32 {
  return 2 * SCRATCH;
}
// @ts-ignore: decorator
@inline
const SCRATCH: i32 = CHUNK * 4 + 64;

/**
 * y[i] = Op(a at i, b at i) for i < n, n >= 0, by blocks of Op; up to 15 elements more are read and written.
 *
 * operands.ts says what the periods are. scratch: for a period of -1 expand_scratch_bytes(), with PARAMS written; for
 * one that is no multiple of 16, where it and 32 elements more are over 1024 bytes, so many bytes; else unused.
 */
// @ts-ignore: decorator
@inline
export function combine<In, Out, Block>(
  a: usize,
  b: usize,
  y: usize,
  n: i32,
  periodA: i32,
  periodB: i32,
  scratch: usize,
): void {
  if ((periodA | periodB) >= 0) {
    const from = repeated<In>(a, periodA, scratch);
    run<In, Out, Block>(from, wrapAt(periodA), repeated<In>(b, periodB, scratch), wrapAt(periodB), y, n);
    return;
  }
  let start = 0;
  while (start < n) {
    const count = min(CHUNK, n - start);
    const from = part<In>(a, periodA, 0, start, count, scratch);
    const and = part<In>(b, periodB, 1, start, count, scratch + SCRATCH);
    run<In, Out, Block>(from, wrapAt(0), and, wrapAt(0), y, count);
    y += CHUNK * sizeof<Out>();
    start += CHUNK;
  }
}

/** Where to read the elements of an operand that belong to those of the result from start on. */
function part<T>(x: usize, period: i32, operand: i32, start: i32, count: i32, scratch: usize): usize {
  if (period == 0) return x + <usize>start * sizeof<T>();
  expand<T>(x, operand, start, count, scratch);
  return scratch;
}

/** y[i] = Op(a[i mod wrapA], b[i mod wrapB]): one of them is not less than n, the other at least 16. */
function run<In, Out, Block>(a: usize, wrapA: u32, b: usize, wrapB: u32, y: usize, n: i32): void {
  const block = changetype<Block>(0);
  const end = y + <usize>n * sizeof<Out>();
  let i: u32 = 0;
  let j: u32 = 0;
  while (y < end) {
    block.at(a + i * sizeof<In>(), b + j * sizeof<In>(), y);
    i += 16;
    j += 16;
    i = i < wrapA ? i : i - wrapA;
    j = j < wrapB ? j : j - wrapB;
    y += 16 * sizeof<Out>();
  }
}

/** Elements of four bytes to elements of four bytes. */
@unmanaged
export class Words<Op> {
  // @ts-ignore: decorator
  @inline
  at(a: usize, b: usize, y: usize): void {
    const op = changetype<Op>(0);
    v128.store(y, op.apply(v128.load(a), v128.load(b)));
    v128.store(y, op.apply(v128.load(a, 16), v128.load(b, 16)), 16);
    v128.store(y, op.apply(v128.load(a, 32), v128.load(b, 32)), 32);
    v128.store(y, op.apply(v128.load(a, 48), v128.load(b, 48)), 48);
  }
}

/** The same for operations so long that four copies of them would be no faster. */
@unmanaged
export class LongWords<Op> {
  // @ts-ignore: decorator
  @inline
  at(a: usize, b: usize, y: usize): void {
    const op = changetype<Op>(0);
    const end = y + 64;
    while (y < end) {
      v128.store(y, op.apply(v128.load(a), v128.load(b)));
      a += 16;
      b += 16;
      y += 16;
    }
  }
}

/** Elements of four bytes to bool, by an operation that gives all ones or zeros. */
@unmanaged
export class WordsToBool<Op> {
  // @ts-ignore: decorator
  @inline
  at(a: usize, b: usize, y: usize): void {
    const op = changetype<Op>(0);
    const first = op.apply(v128.load(a), v128.load(b));
    const second = op.apply(v128.load(a, 16), v128.load(b, 16));
    const third = op.apply(v128.load(a, 32), v128.load(b, 32));
    const fourth = op.apply(v128.load(a, 48), v128.load(b, 48));
    v128.store(y, packMasks(first, second, third, fourth));
  }
}

/** bool to bool, by an operation on 16 bytes. */
@unmanaged
export class Bools<Op> {
  // @ts-ignore: decorator
  @inline
  at(a: usize, b: usize, y: usize): void {
    const op = changetype<Op>(0);
    v128.store(y, op.apply(v128.load(a), v128.load(b)));
  }
}
