import {copyRun, fillRun} from './copy';

/** Writes the dimensions from the one at `params` on: what is before, the input, what is behind. */
function padLevel(x: usize, y: usize, pattern: i32, rank: i32, params: usize): void {
  const n = load<i32>(params);
  const xPitch = <usize>load<u32>(params, 4);
  const yPitch = <usize>load<u32>(params, 8);
  const before = <usize>load<u32>(params, 12) * yPitch;
  const after = <usize>load<u32>(params, 16) * yPitch;
  if (before > 0) fillRun(y, pattern, before);
  y += before;
  if (rank == 1) {
    copyRun(x, y, <usize>n * xPitch);
    y += <usize>n * xPitch;
  } else {
    let k = n;
    while (k > 0) {
      padLevel(x, y, pattern, rank - 1, params + 20);
      x += xPitch;
      y += yPitch;
      k--;
    }
  }
  if (after > 0) fillRun(y, pattern, after);
}

/**
 * y = x with constants around it.
 *
 * @param pattern the constant: four bytes of it, which are equal if elements have one byte
 * @param rank >= 1
 * @param params for each dimension its size in x, the bytes of one step in x and in y, and the steps before and behind
 */
export function pad(x: usize, y: usize, pattern: i32, rank: i32, params: usize): void {
  padLevel(x, y, pattern, rank, params);
}
