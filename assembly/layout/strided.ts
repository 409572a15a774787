/**
 * Strided copies, for slices, tiles, reversals, and transpositions that keep the last dimension: the output is dense,
 * the input has a stride for each dimension, which may be 0 or negative.
 */
import {StridedDimension} from '../abi';
import {copyRun, copyRuns, fillRun, repeatRun} from './copy';

// @ts-ignore: decorator
@inline
function reverseVector(x: v128): v128 {
  return v128.shuffle<i32>(x, x, 3, 2, 1, 0);
}

/** Copies n elements that are `stride` bytes apart. */
// @ts-ignore: decorator
@inline
function run<T>(x: usize, y: usize, n: i32, stride: usize): void {
  if (stride == sizeof<T>()) {
    copyRun(x, y, <usize>n * sizeof<T>());
    return;
  }
  if (stride == 0) {
    const value = <i32>load<T>(x);
    fillRun(y, sizeof<T>() == 1 ? value * 0x01010101 : value, <usize>n * sizeof<T>());
    return;
  }
  if (sizeof<T>() == 4 && <isize>stride == -4) {
    while (n >= 4) {
      v128.store(y, reverseVector(v128.load(x - 12)));
      x -= 16;
      y += 16;
      n -= 4;
    }
  }
  while (n > 0) {
    store<T>(y, load<T>(x));
    x += stride;
    y += sizeof<T>();
    n--;
  }
}

/** Copies the dimensions from the one at `params` on. Returns the end of what was written. */
function copyLevel<T>(x: usize, y: usize, rank: i32, params: usize): usize {
  const dimension = changetype<StridedDimension>(params);
  const n = dimension.size;
  const stride = <usize>dimension.stride;
  if (rank == 1) {
    run<T>(x, y, n, stride);
    return y + <usize>n * sizeof<T>();
  }
  let k = n;
  const inner = changetype<StridedDimension>(params + offsetof<StridedDimension>());
  if (rank == 2 && <usize>inner.stride == sizeof<T>()) {
    const bytes = <usize>inner.size * sizeof<T>();
    if (stride == 0) repeatRun(x, y, bytes, n);
    else copyRuns(x, y, bytes, n, stride);
    return y + bytes * <usize>n;
  }
  while (k > 0) {
    y = copyLevel<T>(x, y, rank - 1, changetype<usize>(inner));
    x += stride;
    k--;
  }
  return y;
}

/**
 * y[i0, i1, ...] = x[i0 * s0 + i1 * s1 + ...], elements of 4 bytes (_32) or 1 byte (_8). y is dense and does not
 * overlap x.
 *
 * @param rank >= 1
 * @param params a StridedDimension for each dimension
 */
export function copy_strided_32(x: usize, y: usize, rank: i32, params: usize): void {
  copyLevel<i32>(x, y, rank, params);
}
export function copy_strided_8(x: usize, y: usize, rank: i32, params: usize): void {
  copyLevel<u8>(x, y, rank, params);
}
