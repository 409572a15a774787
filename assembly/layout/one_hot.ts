import {fillRun} from './copy';

// @ts-ignore: decorator
@inline
function oneHot<T>(indices: usize, y: usize, n: i32, depth: i32, on: i32, off: i32): void {
  fillRun(y, off, <usize>n * <usize>depth * sizeof<T>());
  while (n > 0) {
    const index = load<u32>(indices);
    if (index < <u32>depth) store<T>(y + <usize>index * sizeof<T>(), <T>on);
    indices += 4;
    y += <usize>depth * sizeof<T>();
    n--;
  }
}

/**
 * y[i, j] = j == indices[i] ? on : off for i < n and j < depth; an index out of range gives a row of off.
 *
 * @param on the bits of an element of 4 bytes (_32) or 1 byte (_8)
 * @param off the same; for _8 that byte four times
 */
export function one_hot_32(indices: usize, y: usize, n: i32, depth: i32, on: i32, off: i32): void {
  oneHot<i32>(indices, y, n, depth, on, off);
}
export function one_hot_8(indices: usize, y: usize, n: i32, depth: i32, on: i32, off: i32): void {
  oneHot<u8>(indices, y, n, depth, on, off);
}
