import {ConcatInput} from '../abi';
import {copyRun} from './copy';

/**
 * y = the inputs side by side: each is [outer, bytes], y is [outer, sum of all bytes].
 *
 * @param y where the first input's first row goes
 * @param yPitch the bytes of a row of y
 * @param params a ConcatInput for each
 */
export function concat(y: usize, yPitch: usize, outer: i32, count: i32, params: usize): void {
  const end = params + <usize>count * offsetof<ConcatInput>();
  for (let row: usize = 0; row < <usize>outer; row++) {
    let to = y;
    for (let p = params; p < end; p += offsetof<ConcatInput>()) {
      const input = changetype<ConcatInput>(p);
      const bytes = <usize>input.rowBytes;
      copyRun(input.address + row * bytes, to, bytes);
      to += bytes;
    }
    y += yPitch;
  }
}
