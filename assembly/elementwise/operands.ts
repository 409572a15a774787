/**
 * Broadcasting for kernels with two inputs: an operand with fewer elements than the result is repeated in memory first
 * (for a period of -1 chunk by chunk, in the first-level cache), so that one loop serves all kernels.
 *
 * TypeScript describes an operand by its period, a number of elements:
 *   0    element i of the operand goes with element i of the result
 *   p    element i mod p does: a scalar (1), or a row such as a bias
 *   -1   any other broadcast; the other operand has 0 or -1 then
 *
 * params: for a period of -1 the rank r >= 1 of the result, then r dimensions, r strides of the first operand and r of
 * the second, in elements, all int32; else unused.
 *
 * scratch: operand_scratch_bytes() bytes.
 */
import {BLOCK_PADDING} from '../abi';
import {fixedScratch, operandScratch} from '../memory';
import {IS_INFERENCE} from '../simd';

/** Elements of the result in a chunk, where an operand has a period of -1: 4 KiB. */
// @ts-ignore: decorator
@inline
const CHUNK: i32 = 1024;

/** Rows of at least so many elements are chunks, where a column is broadcast. */
// @ts-ignore: decorator
@inline
const MIN_ROW: i32 = 64;

/** Bytes of scratch of one operand with a period of -1: a chunk and a cache line. */
// @ts-ignore: decorator
@inline
const SCRATCH: i32 = CHUNK * 4 + BLOCK_PADDING;

/** Rows of up to this many bytes are repeated in operandScratch, and need no scratch. */
// @ts-ignore: decorator
@inline
const MAX_SHORT_ROW: usize = 896;

/** Bytes of scratch of a call whose operands have these periods, and elements of 1 << log2 bytes. */
export function operand_scratch_bytes(periodA: i32, periodB: i32, log2: i32): usize {
  if ((periodA | periodB) < 0) return 2 * SCRATCH;
  const period = max(periodA, periodB);
  const bytes = (<usize>period) << log2;
  if ((period & 15) == 0 || bytes <= MAX_SHORT_ROW) return 0;
  return ((<usize>(wrapAt(period, 0, 0) + 16)) << log2) + 32;
}

/**
 * Settles how the two operands are read: returns the elements of the result in a chunk, and leaves wrapAt() of both in
 * fixedScratch. A function of its own, which is not compiled into each kernel.
 */
export function settleOperands(periodA: i32, periodB: i32, n: i32, params: usize): i32 {
  store<u32>(fixedScratch, wrapAt(periodA, 0, params));
  store<u32>(fixedScratch, wrapAt(periodB, 1, params), 4);
  if ((periodA | periodB) >= 0) return n;
  return hasLongRows(params) ? load<i32>(params, 8) : CHUNK;
}

/** Indices into operand `which` if it is repeated are taken modulo this: a multiple of the period, at least 16. */
function wrapAt(period: i32, which: i32, params: usize): u32 {
  if (period > 0) return period < 16 ? <u32>(period * ((15 + period) / period)) : <u32>period;
  return period < 0 && hasLongRows(params) && isColumn(which, params) ? 16 : 0xffffffff;
}

/**
 * Where the result is a matrix of long rows of whole blocks, and what is broadcast a column of it (the other operand may
 * be a row): a chunk is a row, which goes with one element of the column.
 */
// @ts-ignore: decorator
@inline
function hasLongRows(params: usize): bool {
  if (IS_INFERENCE) return false;
  const row = load<i32>(params, 8);
  return load<i32>(params) == 2 && row >= MIN_ROW && (row & 15) == 0;
}

// @ts-ignore: decorator
@inline
function isColumn(which: i32, params: usize): bool {
  return load<i32>(params + ((<usize>which) << 3), 16) == 0;
}

/**
 * Returns where to read the elements of an operand that go with the `count` > 0 elements of the result from `start` on:
 * 16 elements can be read from any index before wrapAt(). `which`: 0 for the first operand, 1 for the second;
 * elements have 1 << log2 bytes.
 */
export function operand(
  x: usize,
  log2: i32,
  which: i32,
  period: i32,
  start: i32,
  count: i32,
  params: usize,
  scratch: usize,
): usize {
  if (period < 0) {
    const to = scratch + which * SCRATCH;
    if (hasLongRows(params)) {
      const row = start / load<i32>(params, 8);
      x += (<usize>(row * load<i32>(params + ((<usize>which) << 3), 12))) << log2;
      if (!isColumn(which, params)) return x;
      fill(x, log2, to, to + (16 << log2));
      return to;
    }
    expand(x, log2, which, start, count, params, to);
    return to;
  }
  if (period == 0) return x + ((<usize>start) << log2);
  return (period & 15) == 0 ? x : repeat(x, log2, period, scratch);
}

/**
 * Repeats a row until 16 elements can be read from any index before wrapAt(). At most one operand of a call needs
 * that.
 */
function repeat(x: usize, log2: i32, period: i32, scratch: usize): usize {
  const bytes = (<usize>period) << log2;
  const to = bytes <= MAX_SHORT_ROW ? operandScratch : scratch;
  const end = to + ((<usize>(wrapAt(period, 0, 0) + 16)) << log2);
  if (period == 1) {
    fill(x, log2, to, end);
  } else {
    copy(x, to, to + bytes);
    let i = to + bytes;
    // Rows shorter than a vector go byte by byte: a vector would read bytes that are not yet written.
    while (bytes < 16 && i < end) {
      store<u8>(i, load<u8>(i - bytes));
      i++;
    }
    copy(i - bytes, i, end);
  }
  return to;
}

/** to[i] = the element of an operand that goes with element start + i of the result, for i < count. */
function expand(x: usize, log2: i32, which: i32, start: i32, count: i32, params: usize, to: usize): void {
  const rank = load<i32>(params);
  const dimensions = params + 4;
  const last = (rank - 1) << 2;
  const strides = dimensions + ((rank * (which + 1)) << 2);
  let d = last;
  while (d >= 0) {
    const size = load<i32>(dimensions + d);
    const index = start % size;
    store<i32>(fixedScratch + d, index);
    x += (<usize>(index * load<i32>(strides + d))) << log2;
    start /= size;
    d -= 4;
  }
  const rowLength = load<i32>(dimensions + last);
  const stride = load<i32>(strides + last);
  let length = min(rowLength - load<i32>(fixedScratch + last), count);
  while (true) {
    const end = to + ((<usize>length) << log2);
    if (stride) copy(x, to, end);
    else fill(x, log2, to, end);
    count -= length;
    if (count == 0) return;
    to = end;
    // Back to the start of the row, then on to the next one.
    x -= (<usize>((rowLength - length) * stride)) << log2;
    d = last - 4;
    while (load<i32>(fixedScratch + d) + 1 == load<i32>(dimensions + d)) {
      store<i32>(fixedScratch + d, 0);
      x -= (<usize>((load<i32>(dimensions + d) - 1) * load<i32>(strides + d))) << log2;
      d -= 4;
    }
    store<i32>(fixedScratch + d, load<i32>(fixedScratch + d) + 1);
    x += (<usize>load<i32>(strides + d)) << log2;
    length = min(rowLength, count);
  }
}

/** Copies from x to [to, end); up to 31 bytes more are written. */
// @ts-ignore: decorator
@inline
function copy(x: usize, to: usize, end: usize): void {
  while (to < end) {
    v128.store(to, v128.load(x));
    v128.store(to, v128.load(x, 16), 16);
    to += 32;
    x += 32;
  }
}

/** Fills [to, end) with the element at x; up to 31 bytes more are written. */
// @ts-ignore: decorator
@inline
function fill(x: usize, log2: i32, to: usize, end: usize): void {
  const value = log2 == 0 ? v128.load8_splat(x) : v128.load32_splat(x);
  while (to < end) {
    v128.store(to, value);
    v128.store(to, value, 16);
    to += 32;
  }
}
