/**
 * Sums of the rows of x that have the same segment id: x is [rows, n], ids are [rows], y is [segments, n].
 *
 * Rows are first sorted by their ids (counting sort), so that each row of y is summed in registers and written once.
 */
import {promoteHigh, storePartial} from '../simd';

/** The scratch that segment_sum_f32 needs, in bytes: where the rows of each segment end, and the rows by segment. */
export function segment_sum_f32_scratch_bytes(rows: i32, segments: i32): f64 {
  return 4 * (<f64>rows + <f64>segments + 2);
}

/**
 * y[s, j] = sum over i with ids[i] == s of x[i, j], in double and in the order of i; all sizes >= 0. Rows with an id
 * that is not from 0 to segments - 1 belong to no segment.
 *
 * As on tfjs-backend-cpu, which adds x times 0 to all other segments, a NaN or infinity makes its column NaN in these.
 */
export function segment_sum_f32(
  x: usize,
  ids: usize,
  y: usize,
  rows: i32,
  segments: i32,
  n: i32,
  scratch: usize,
): void {
  if (segments == 0) return;
  const order = scratch + ((<usize>segments + 2) << 2);
  sortRows(ids, rows, segments, scratch, order);
  const pitch = (<usize>n) << 2;
  // The rows of no segment are summed too, as they may have NaN; their sums are overwritten by those of segment 0.
  let finite = sumRows(x, pitch, y, n, order + endOf(scratch, segments - 1), order + endOf(scratch, segments));
  let to = y;
  let first = order;
  for (let s = 0; s < segments; s++) {
    const end = order + endOf(scratch, s);
    finite = sumRows(x, pitch, to, n, first, end) && finite;
    first = end;
    to += pitch;
  }
  if (!finite) spreadNaN(x, ids, y, rows, segments, n);
}

/** The segment of an id; `segments` for one that is out of range. */
// @ts-ignore: decorator
@inline
function segmentOf(id: u32, segments: i32): usize {
  return <usize>min<u32>(id, segments);
}

/** Where the rows of a segment end in the order, in bytes. */
// @ts-ignore: decorator
@inline
function endOf(ends: usize, segment: i32): usize {
  return (<usize>load<u32>(ends + ((<usize>segment) << 2))) << 2;
}

/** order = the numbers of the rows by segment, ends[s] = where those of segment s end, for s <= segments. */
function sortRows(ids: usize, rows: i32, segments: i32, ends: usize, order: usize): void {
  memory.fill(ends, 0, (<usize>segments + 2) << 2);
  for (let i: usize = 0; i < <usize>rows; i++) {
    const p = ends + ((segmentOf(load<u32>(ids + (i << 2)), segments) + 1) << 2);
    store<u32>(p, load<u32>(p) + 1);
  }
  // Counts become the places where the segments begin; each moves to its end as its rows are placed.
  for (let s: usize = 1; s <= <usize>segments; s++) {
    const p = ends + (s << 2);
    store<u32>(p, load<u32>(p) + load<u32>(p - 4));
  }
  for (let i: usize = 0; i < <usize>rows; i++) {
    const p = ends + (segmentOf(load<u32>(ids + (i << 2)), segments) << 2);
    const place = load<u32>(p);
    store<u32>(order + ((<usize>place) << 2), <u32>i);
    store<u32>(p, place + 1);
  }
}

/** y[j] = the sum of x[row, j] over the rows whose numbers are in [first, end). Returns whether all sums are finite. */
function sumRows(x: usize, pitch: usize, y: usize, n: i32, first: usize, end: usize): bool {
  let zero = f64x2.splat(0);
  while (n >= 16) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    let g = a;
    let h = a;
    for (let p = first; p < end; p += 4) {
      const row = x + <usize>load<u32>(p) * pitch;
      let v = v128.load(row);
      a = f64x2.add(a, f64x2.promote_low_f32x4(v));
      b = f64x2.add(b, promoteHigh(v));
      v = v128.load(row, 16);
      c = f64x2.add(c, f64x2.promote_low_f32x4(v));
      d = f64x2.add(d, promoteHigh(v));
      v = v128.load(row, 32);
      e = f64x2.add(e, f64x2.promote_low_f32x4(v));
      f = f64x2.add(f, promoteHigh(v));
      v = v128.load(row, 48);
      g = f64x2.add(g, f64x2.promote_low_f32x4(v));
      h = f64x2.add(h, promoteHigh(v));
    }
    v128.store(y, join(a, b));
    v128.store(y, join(c, d), 16);
    v128.store(y, join(e, f), 32);
    v128.store(y, join(g, h), 48);
    zero = addZeros(addZeros(addZeros(addZeros(zero, a, b), c, d), e, f), g, h);
    x += 64;
    y += 64;
    n -= 16;
  }
  while (n > 0) {
    let a = f64x2.splat(0);
    let b = a;
    for (let p = first; p < end; p += 4) {
      const v = v128.load(x + <usize>load<u32>(p) * pitch);
      a = f64x2.add(a, f64x2.promote_low_f32x4(v));
      b = f64x2.add(b, promoteHigh(v));
    }
    if (n >= 4) v128.store(y, join(a, b));
    else storePartial(y, join(a, b), n);
    // What is read past the end of a row counts too: finite sums may be taken for others, which costs time only.
    zero = addZeros(zero, a, b);
    x += 16;
    y += 16;
    n -= 4;
  }
  return !v128.any_true(f64x2.ne(zero, zero));
}

// @ts-ignore: decorator
@inline
function join(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
}

/** Adds 0, or NaN where a or b is not finite. */
// @ts-ignore: decorator
@inline
function addZeros(zero: v128, a: v128, b: v128): v128 {
  return f64x2.add(zero, f64x2.add(f64x2.sub(a, a), f64x2.sub(b, b)));
}

/** y[s, j] = NaN where x[i, j] is not finite, for all segments s but that of row i. */
function spreadNaN(x: usize, ids: usize, y: usize, rows: i32, segments: i32, n: i32): void {
  const pitch = (<usize>n) << 2;
  for (let i: usize = 0; i < <usize>rows; i++) {
    const id = load<u32>(ids + (i << 2));
    for (let j: usize = 0; j < pitch; j += 4) {
      const value = load<f32>(x + i * pitch + j);
      if (value - value == 0) continue;
      for (let s: u32 = 0; s < <u32>segments; s++) {
        if (s != id) store<f32>(y + <usize>s * pitch + j, NaN);
      }
    }
  }
}
