/**
 * Scatters slices of x to numbered slices of y. Slice numbers are uint32, and must be less than the number of slices of
 * y.
 */
import {copyRun} from './copy';

/**
 * y[slices[i]] = x[i] for i < count, where a slice is a run of `bytes` bytes; of equal numbers the last one counts.
 *
 * @param xPitch bytes from one slice of x to the next; 0 if all are the same one
 */
export function scatter(slices: usize, x: usize, y: usize, count: i32, bytes: usize, xPitch: usize): void {
  const end = slices + ((<usize>count) << 2);
  while (slices < end) {
    const to = y + <usize>load<u32>(slices) * bytes;
    if (bytes == 4) store<i32>(to, load<i32>(x));
    else copyRun(x, to, bytes);
    x += xPitch;
    slices += 4;
  }
}

// @ts-ignore: decorator
@inline
function scatterAdd<T>(slices: usize, x: usize, y: usize, count: i32, n: i32): void {
  const pitch = <usize>n * sizeof<T>();
  const end = slices + ((<usize>count) << 2);
  while (slices < end) {
    let to = y + <usize>load<u32>(slices) * pitch;
    const last = x + pitch;
    while (x + 16 <= last) {
      v128.store(to, v128.add<T>(v128.load(to), v128.load(x)));
      x += 16;
      to += 16;
    }
    while (x < last) {
      store<T>(to, <T>(load<T>(to) + load<T>(x)));
      x += sizeof<T>();
      to += sizeof<T>();
    }
    slices += 4;
  }
}

/** y[slices[i], j] += x[i, j] for i < count and j < n, in the order of i. */
export function scatter_add_f32(slices: usize, x: usize, y: usize, count: i32, n: i32): void {
  scatterAdd<f32>(slices, x, y, count, n);
}
export function scatter_add_i32(slices: usize, x: usize, y: usize, count: i32, n: i32): void {
  scatterAdd<i32>(slices, x, y, count, n);
}
/** The same modulo 2^8: two true values add up to 2, as on tfjs-backend-cpu. */
export function scatter_add_bool(slices: usize, x: usize, y: usize, count: i32, n: i32): void {
  scatterAdd<u8>(slices, x, y, count, n);
}
