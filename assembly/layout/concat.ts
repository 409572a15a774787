import {copyRun} from './copy';

/**
 * y = the inputs side by side: each is [outer, bytes], y is [outer, sum of all bytes].
 *
 * @param y where the first input's first row goes
 * @param yPitch the bytes of a row of y
 * @param params for each input its address and the bytes of its rows, uint32
 */
export function concat(y: usize, yPitch: usize, outer: i32, count: i32, params: usize): void {
  const end = params + (<usize>count << 3);
  for (let row: usize = 0; row < <usize>outer; row++) {
    let to = y;
    for (let p = params; p < end; p += 8) {
      const bytes = <usize>load<u32>(p, 4);
      copyRun(<usize>load<u32>(p) + row * bytes, to, bytes);
      to += bytes;
    }
    y += yPitch;
  }
}
