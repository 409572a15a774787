import {ConcatInput} from '../abi';
import {copyRun} from './copy';

/**
 * y = the inputs side by side: each is [outer, rowBytes], y is [outer, yPitch], in bytes.
 *
 * @param y where row 0 of the first input goes
 * @param yPitch bytes from one row of y to the next
 * @param params a ConcatInput for each of the `count` inputs
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
