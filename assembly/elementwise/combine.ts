/**
 * The loop of the kernels with two inputs. An operation is a class with a method `apply` on two vectors; a block is a
 * class that applies one to 16 elements of each input, as in loops.ts.
 */
import {fixedScratch} from '../memory';
import {packMasks} from '../simd';
import {operand, settleOperands} from './operands';

/**
 * y[i] = Op(a at i, b at i) for i < n, n >= 0, by blocks of Op; up to 15 elements more are read and written. For the
 * periods, params and scratch, which describe broadcasting, see operands.ts.
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
  params: usize,
  scratch: usize,
): void {
  const block = changetype<Block>(0);
  if ((periodA | periodB) == 0) {
    // Nothing is broadcast: takes half the time of the loop below where all is in the first-level cache.
    const end = y + <usize>n * sizeof<Out>();
    while (y < end) {
      block.at(a, b, y);
      a += 16 * sizeof<In>();
      b += 16 * sizeof<In>();
      y += 16 * sizeof<Out>();
    }
    return;
  }
  const log2 = sizeof<In>() == 1 ? 0 : 2;
  const chunk = settleOperands(periodA, periodB, n, params);
  const wrapA = load<u32>(fixedScratch);
  const wrapB = load<u32>(fixedScratch, 4);
  let start = 0;
  while (start < n) {
    const count = min(chunk, n - start);
    const fromA = operand(a, log2, 0, periodA, start, count, params, scratch);
    const fromB = operand(b, log2, 1, periodB, start, count, params, scratch);
    start += count;
    const end = y + <usize>count * sizeof<Out>();
    let i: u32 = 0;
    let j: u32 = 0;
    while (y < end) {
      block.at(fromA + i * sizeof<In>(), fromB + j * sizeof<In>(), y);
      i += 16;
      j += 16;
      // At most one of the two ever wraps.
      i = i < wrapA ? i : i - wrapA;
      j = j < wrapB ? j : j - wrapB;
      y += 16 * sizeof<Out>();
    }
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

/** The same for long operations, which four copies would make no faster. */
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
