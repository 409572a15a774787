/** Maps positions outside an image by tfjs's fill modes; on two doubles, x and y. */

import {FillMode} from '../abi';

// @ts-ignore: decorator
@inline
function reflect(position: v128, size: v128): v128 {
  const period = f64x2.add(size, size);
  const distance = f64x2.abs(position);
  const rest = f64x2.sub(distance, f64x2.mul(period, f64x2.trunc(f64x2.div(distance, period))));
  const turned = f64x2.sub(period, rest);
  const one = f64x2.splat(1);
  const before = v128.bitselect(turned, f64x2.sub(rest, one), f64x2.gt(rest, size));
  const after = v128.bitselect(f64x2.sub(turned, one), rest, f64x2.ge(rest, size));
  return v128.bitselect(before, after, f64x2.lt(position, f64x2.splat(0)));
}

/** As on tfjs-backend-cpu, which counts images of size - 1, and moves by size for each. */
// @ts-ignore: decorator
@inline
function wrap(position: v128, size: v128, last: v128): v128 {
  const count = f64x2.trunc(f64x2.div(f64x2.abs(position), last));
  const before = f64x2.add(position, f64x2.mul(size, f64x2.add(count, f64x2.splat(1))));
  const after = f64x2.sub(position, f64x2.mul(size, count));
  const result = v128.bitselect(after, position, f64x2.gt(position, last));
  return v128.bitselect(before, result, f64x2.lt(position, f64x2.splat(0)));
}

/**
 * Maps a position into the image; NaN stays NaN.
 *
 * @param size width and height of the image, both >= 1
 * @param mode a FillMode; `constant` leaves positions as they are
 */
// @ts-ignore: decorator
@inline
export function withinImage(position: v128, size: v128, mode: i32): v128 {
  if (mode == FillMode.constant) return position;
  const zero = f64x2.splat(0);
  const last = f64x2.sub(size, f64x2.splat(1));
  const clamped = f64x2.max(f64x2.min(position, last), zero);
  if (mode != FillMode.reflect && mode != FillMode.wrap) return clamped;
  if (v128.all_true<i64>(f64x2.eq(position, clamped))) return position;
  const moved = mode == FillMode.reflect ? reflect(position, size) : wrap(position, size, last);
  // In an image of one pixel there is nothing to reflect or to repeat: infinity gives 0 then, not NaN.
  const result = v128.bitselect(moved, clamped, f64x2.gt(last, zero));
  return f64x2.max(f64x2.min(result, last), zero);
}
