import {PaddedDimension} from '../abi';
import {copyRun, fillRun} from './copy';

/** Writes the dimensions from the one at `params` on: the padding before, the input, the padding after. */
function padLevel(x: usize, y: usize, pattern: i32, rank: i32, params: usize): void {
  const dimension = changetype<PaddedDimension>(params);
  const n = dimension.size;
  const xPitch = <usize>dimension.xStep;
  const yPitch = <usize>dimension.yStep;
  const before = <usize>dimension.before * yPitch;
  const after = <usize>dimension.after * yPitch;
  if (before > 0) fillRun(y, pattern, before);
  y += before;
  if (rank == 1) {
    copyRun(x, y, <usize>n * xPitch);
    y += <usize>n * xPitch;
  } else {
    let k = n;
    while (k > 0) {
      padLevel(x, y, pattern, rank - 1, params + offsetof<PaddedDimension>());
      x += xPitch;
      y += yPitch;
      k--;
    }
  }
  if (after > 0) fillRun(y, pattern, after);
}

/**
 * y = x with a constant around it.
 *
 * @param pattern four bytes of the constant, which are equal if elements have one byte
 * @param rank >= 1
 * @param params a PaddedDimension for each dimension
 */
export function pad(x: usize, y: usize, pattern: i32, rank: i32, params: usize): void {
  padLevel(x, y, pattern, rank, params);
}
