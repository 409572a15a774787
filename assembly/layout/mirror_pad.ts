import {PaddedDimension} from '../abi';
import {copyRun} from './copy';

function copySlab(x: usize, y: usize, bytes: usize): void {
  copyRun(x, y, bytes);
}

/**
 * Writes the dimensions from the one at `params` on: first the input, then its mirror images, copied from the output.
 */
function mirrorLevel(x: usize, y: usize, skip: usize, rank: i32, params: usize): void {
  const dimension = changetype<PaddedDimension>(params);
  const n = <usize>dimension.size;
  const xPitch = <usize>dimension.xStep;
  const yPitch = <usize>dimension.yStep;
  let before = dimension.before;
  let after = dimension.after;
  const first = y + <usize>before * yPitch;
  const end = first + n * yPitch;
  if (rank == 1) {
    copyRun(x, first, n * xPitch);
  } else {
    for (let to = first; to < end; to += yPitch) {
      mirrorLevel(x, to, skip, rank - 1, params + offsetof<PaddedDimension>());
      x += xPitch;
    }
  }
  let from = first + skip * yPitch;
  let to = first;
  while (before > 0) {
    to -= yPitch;
    copySlab(from, to, yPitch);
    from += yPitch;
    before--;
  }
  from = end - skip * yPitch;
  to = end;
  while (after > 0) {
    from -= yPitch;
    copySlab(from, to, yPitch);
    to += yPitch;
    after--;
  }
}

/**
 * y = x with its mirror images around it.
 *
 * @param skip 1 if the outermost elements are the mirror and are not repeated, 0 if they are mirrored too
 * @param rank >= 1
 * @param params a PaddedDimension for each dimension, of size >= 1, with paddings of at most size - skip; the last
 * dimension has equal strides in x and y
 */
export function mirror_pad(x: usize, y: usize, skip: i32, rank: i32, params: usize): void {
  mirrorLevel(x, y, <usize>skip, rank, params);
}
