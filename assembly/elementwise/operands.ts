/**
 * The operands of kernels with two inputs, brought into a form that one loop reads: where an operand does not have one
 * element for each of the result's, its elements are repeated in memory first, in blocks of the first-level cache.
 *
 * What TypeScript says of an operand is its period, a number of elements:
 *   0    element i of the operand belongs to element i of the result
 *   p    element i mod p: a scalar (1), or a row such as a bias
 *   -1   any other broadcast: by the dimensions and strides in PARAMS
 */
import {OPERAND, PARAMS} from '../memory';

/** The number of elements after which a repeated operand starts again, at least 16. */
// @ts-ignore: decorator
@inline
export function wrapAt(period: i32): u32 {
  if (period == 0) return 0xffffffff;
  return period < 16 ? <u32>(period * ((15 + period) / period)) : <u32>period;
}

/**
 * Where to read an operand of a period >= 0, so that 16 elements can be read from any before wrapAt(period).
 *
 * Writes to OPERAND where the period and 32 elements more are at most 1024 bytes, else as much to scratch: one operand
 * of a call at most needs it.
 */
export function repeated<T>(x: usize, period: i32, scratch: usize): usize {
  if ((period & 15) == 0) return x;
  const bytes = <usize>period * sizeof<T>();
  const to = bytes + 32 * sizeof<T>() <= 1024 ? OPERAND : scratch;
  const end = to + (<usize>wrapAt(period) + 16) * sizeof<T>();
  let i = to;
  if (bytes < 16) {
    while (i < end) {
      store<T>(i, load<T>(i - to < bytes ? x + (i - to) : i - bytes));
      i += sizeof<T>();
    }
    return to;
  }
  while (i < to + bytes) {
    v128.store(i, v128.load(x));
    i += 16;
    x += 16;
  }
  i = to + bytes;
  while (i < end) {
    v128.store(i, v128.load(i - bytes));
    i += 16;
  }
  return to;
}

// PARAMS: the rank r >= 1, then r dimensions, r strides of the first operand and r of the second, in elements.
// @ts-ignore: decorator
@inline
const DIMENSIONS: usize = PARAMS + 4;
/** A position in the result: r indices, r at most 63. */
// @ts-ignore: decorator
@inline
const POSITION: usize = PARAMS + 768;

/**
 * to[i] = the element of an operand (0 or 1) that belongs to element start + i of the result, for i < count, count > 0.
 * Up to 15 bytes more are written.
 */
export function expand<T>(x: usize, operand: i32, start: i32, count: i32, to: usize): void {
  const rank = load<i32>(PARAMS);
  const last = (rank - 1) << 2;
  const strides = DIMENSIONS + ((rank * (operand + 1)) << 2);
  let d = last;
  while (d >= 0) {
    const size = load<i32>(DIMENSIONS + d);
    const index = start % size;
    store<i32>(POSITION + d, index);
    x += <usize>(index * load<i32>(strides + d)) * sizeof<T>();
    start /= size;
    d -= 4;
  }
  const rowLength = load<i32>(DIMENSIONS + last);
  const stride = load<i32>(strides + last);
  let length = min(rowLength - load<i32>(POSITION + last), count);
  while (true) {
    if (stride) copyRow(x, to, length * sizeof<T>());
    else fillRow<T>(x, to, length * sizeof<T>());
    count -= length;
    if (count == 0) return;
    to += length * sizeof<T>();
    // Back to the start of the row, then on to the next one.
    x -= <usize>((rowLength - length) * stride) * sizeof<T>();
    d = last - 4;
    while (load<i32>(POSITION + d) + 1 == load<i32>(DIMENSIONS + d)) {
      store<i32>(POSITION + d, 0);
      x -= <usize>((load<i32>(DIMENSIONS + d) - 1) * load<i32>(strides + d)) * sizeof<T>();
      d -= 4;
    }
    store<i32>(POSITION + d, load<i32>(POSITION + d) + 1);
    x += <usize>load<i32>(strides + d) * sizeof<T>();
    length = min(rowLength, count);
  }
}

// @ts-ignore: decorator
@inline
function copyRow(x: usize, to: usize, bytes: usize): void {
  const end = to + bytes;
  while (to < end) {
    v128.store(to, v128.load(x));
    to += 16;
    x += 16;
  }
}

// @ts-ignore: decorator
@inline
function fillRow<T>(x: usize, to: usize, bytes: usize): void {
  const value = sizeof<T>() == 1 ? v128.load8_splat(x) : v128.load32_splat(x);
  const end = to + bytes;
  while (to < end) {
    v128.store(to, value);
    to += 16;
  }
}
