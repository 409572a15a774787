/**
 * The operands of kernels with two inputs, brought into a form that one loop reads: where an operand does not have one
 * element for each of the result's, its elements are repeated in memory first, in blocks of the first-level cache.
 *
 * What TypeScript says of an operand is its period, a number of elements:
 *   0    element i of the operand belongs to element i of the result
 *   p    element i mod p: a scalar (1), or a row such as a bias
 *   -1   any other broadcast; the other operand has 0 or -1 then
 *
 * params: for a period of -1 the rank r >= 1 of the result, then r dimensions, r strides of the first operand and r of
 * the second, in elements, all int32; else unused.
 *
 * scratch: operand_scratch_bytes() bytes.
 */
import {FIXED_SCRATCH, OPERAND} from '../memory';

/** The elements of the result that are computed at a time where an operand has a period of -1: 4 KiB each. */
// @ts-ignore: decorator
@inline
const CHUNK: i32 = 1024;

/** The bytes of scratch of one operand with a period of -1: a chunk and a cache line. */
// @ts-ignore: decorator
@inline
const SCRATCH: i32 = CHUNK * 4 + 64;

/** Bytes of a row that are repeated in OPERAND, without scratch. */
// @ts-ignore: decorator
@inline
const MAX_SHORT_ROW: usize = 896;

/** The bytes of scratch that a call needs whose operands have these periods, of elements of 1 << log2 bytes. */
export function operand_scratch_bytes(periodA: i32, periodB: i32, log2: i32): usize {
  if ((periodA | periodB) < 0) return 2 * SCRATCH;
  const period = max(periodA, periodB);
  const bytes = (<usize>period) << log2;
  if ((period & 15) == 0 || bytes <= MAX_SHORT_ROW) return 0;
  return ((<usize>(wrapAt(period) + 16)) << log2) + 32;
}

/** The elements of n that are computed at a time; periods: those of all operands, combined by or. */
// @ts-ignore: decorator
@inline
export function chunkLength(periods: i32, n: i32): i32 {
  return periods < 0 ? CHUNK : n;
}

/** The number of elements after which a repeated operand starts again, at least 16. */
// @ts-ignore: decorator
@inline
export function wrapAt(period: i32): u32 {
  return period <= 0 ? 0xffffffff : shortWrap(period);
}

function shortWrap(period: i32): u32 {
  return period < 16 ? <u32>(period * ((15 + period) / period)) : <u32>period;
}

/**
 * Where to read what belongs to the elements from `start` on, `count` of them, count > 0: 16 elements can be read from
 * any before wrapAt(period). `which`: 0 for the first operand, 1 for the second; their elements have 1 << log2 bytes.
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
    expand(x, log2, which, start, count, params, to);
    return to;
  }
  if (period == 0) return x + ((<usize>start) << log2);
  return (period & 15) == 0 ? x : repeat(x, log2, period, scratch);
}

/** Repeats a row until 16 elements can be read from any before wrapAt(period); only one operand of a call needs it. */
function repeat(x: usize, log2: i32, period: i32, scratch: usize): usize {
  const bytes = (<usize>period) << log2;
  const to = bytes <= MAX_SHORT_ROW ? OPERAND : scratch;
  const end = to + ((<usize>(wrapAt(period) + 16)) << log2);
  if (period == 1) {
    fill(x, log2, to, end);
  } else {
    copy(x, to, to + bytes);
    let i = to + bytes;
    // Less than a vector apart, a copy of what was just copied goes byte by byte.
    while (bytes < 16 && i < end) {
      store<u8>(i, load<u8>(i - bytes));
      i++;
    }
    copy(i - bytes, i, end);
  }
  return to;
}

/** to[i] = the element of an operand that belongs to element start + i of the result, for i < count. */
function expand(x: usize, log2: i32, which: i32, start: i32, count: i32, params: usize, to: usize): void {
  const rank = load<i32>(params);
  const dimensions = params + 4;
  const last = (rank - 1) << 2;
  const strides = dimensions + ((rank * (which + 1)) << 2);
  let d = last;
  while (d >= 0) {
    const size = load<i32>(dimensions + d);
    const index = start % size;
    store<i32>(FIXED_SCRATCH + d, index);
    x += (<usize>(index * load<i32>(strides + d))) << log2;
    start /= size;
    d -= 4;
  }
  const rowLength = load<i32>(dimensions + last);
  const stride = load<i32>(strides + last);
  let length = min(rowLength - load<i32>(FIXED_SCRATCH + last), count);
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
    while (load<i32>(FIXED_SCRATCH + d) + 1 == load<i32>(dimensions + d)) {
      store<i32>(FIXED_SCRATCH + d, 0);
      x -= (<usize>((load<i32>(dimensions + d) - 1) * load<i32>(strides + d))) << log2;
      d -= 4;
    }
    store<i32>(FIXED_SCRATCH + d, load<i32>(FIXED_SCRATCH + d) + 1);
    x += (<usize>load<i32>(strides + d)) << log2;
    length = min(rowLength, count);
  }
}

/** Copies from x to all before `end`; up to 31 bytes more are written. */
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

/** Fills all before `end` with the element at x; up to 31 bytes more are written. */
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
