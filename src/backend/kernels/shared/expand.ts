import {checkWhole, MAX_INT32} from './check.js';

/** The shape with a dimension of size 1 inserted at `dim`; -1 is after the last dimension. */
export function expandShape(shape: readonly number[], dim: number): number[] {
  const rank = shape.length;
  checkWhole('expandDims', 'the axis', dim, -MAX_INT32);
  const at = dim < 0 ? dim + rank + 1 : dim;
  if (at < 0 || at > rank) {
    throw new Error(`Axis must be in the interval [${-(rank + 1)}, ${rank}], got ${dim} for shape [${shape}].`);
  }
  return [...shape.slice(0, at), 1, ...shape.slice(at)];
}
