import {copyRun} from './copy';

/**
 * y[b, o, i] = x[b, o, indices[b, i]], where an element is a run of `bytes` bytes; x is [batch, outer, dim], indices
 * are [batch, count], int32, y is [batch, outer, count].
 *
 * @returns -1, or the position in indices of the first that is not from 0 to dim - 1; nothing is written then
 */
export function gather(
  x: usize,
  indices: usize,
  y: usize,
  batch: i32,
  outer: i32,
  dim: i32,
  count: i32,
  bytes: usize,
): i32 {
  const total = batch * count;
  for (let i = 0; i < total; i++) {
    if (load<u32>(indices + ((<usize>i) << 2)) >= <u32>dim) return i;
  }
  const pitch = <usize>dim * bytes;
  while (batch > 0) {
    let o = outer;
    while (o > 0) {
      const end = indices + ((<usize>count) << 2);
      for (let p = indices; p < end; p += 4) {
        const from = x + <usize>load<u32>(p) * bytes;
        if (bytes == 4) store<i32>(y, load<i32>(from));
        else copyRun(from, y, bytes);
        y += bytes;
      }
      x += pitch;
      o--;
    }
    indices += (<usize>count) << 2;
    batch--;
  }
  return -1;
}
