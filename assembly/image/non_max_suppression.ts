/**
 * Non-maximum suppression: boxes in the order of their scores, but for those that overlap too much with one taken before.
 * Overlaps and scores are computed in float64, as on tfjs-backend-cpu; vectors of float32 only find the boxes taken
 * before for which that is needed.
 */
import {expOfNegative} from '../elementwise/double/fdlibm_exp';
import {Candidate, collect, moveToTop, sink} from './candidates';

/** Whether overlaps below the threshold lower a score. */
class Hard {}
class Soft {}

/** Bytes of each of the five lists of what is known of the boxes taken. */
// @ts-ignore: decorator
@inline
function listBytes(limit: i32): usize {
  return (<usize>((limit + 3) & ~3)) << 2;
}

/** The scratch of non_max_suppression_f32 in bytes: a number that does not wrap around. */
export function non_max_suppression_f32_scratch_bytes(n: i32, limit: i32): f64 {
  return <f64>n * offsetof<Candidate>() + 5 * <f64>listBytes(limit);
}

/**
 * indices[j] = the box taken as number j, takenScores[j] = its score by then: the one of the highest score above
 * scoreThreshold that is left, the first of equal ones, if it overlaps with no box taken before by iouThreshold (the
 * quotient of intersection and union) or more. An overlap o below lowers the score by a factor of exp(scale o^2) first.
 *
 * @param boxes [n, 4]: two opposite corners y, x, y, x
 * @param limit how many are taken at most, 0 <= limit <= n; indices and takenScores have that length
 * @param scale <= 0 or NaN; 0 leaves scores as they are
 * @param scratch non_max_suppression_f32_scratch_bytes(n, limit) bytes
 * @returns how many are taken
 */
export function non_max_suppression_f32(
  boxes: usize,
  scores: usize,
  n: i32,
  limit: i32,
  iouThreshold: f64,
  scoreThreshold: f64,
  scale: f64,
  indices: usize,
  takenScores: usize,
  scratch: usize,
): i32 {
  const lists = scratch + <usize>n * offsetof<Candidate>();
  const pitch = listBytes(limit);
  let left = collect(scores, n, scoreThreshold, scratch);
  const best = changetype<Candidate>(scratch);
  let taken = 0;
  while (taken < limit && left > 0) {
    const score = best.score;
    const box = best.box;
    const corners = boxes + ((<usize>box) << 4);
    const seen = best.seen;
    const lowered =
      scale == 0
        ? suppress<Hard>(corners, score, seen, taken, lists, pitch, iouThreshold, scoreThreshold, scale)
        : suppress<Soft>(corners, score, seen, taken, lists, pitch, iouThreshold, scoreThreshold, scale);
    if (lowered != score && lowered > scoreThreshold) {
      best.score = lowered;
      best.seen = taken;
    } else {
      if (lowered == score) {
        store<i32>(indices + ((<usize>taken) << 2), box);
        store<f32>(takenScores + ((<usize>taken) << 2), <f32>score);
        append(corners, lists + ((<usize>taken) << 2), pitch);
        taken++;
      }
      left--;
      moveToTop(scratch, left);
    }
    sink(scratch, 0, left);
  }
  return taken;
}

/** Appends a box to the lists of those taken: the lower and upper y, the lower and upper x, and the area. */
function append(corners: usize, list: usize, pitch: usize): void {
  const yMin = min(load<f32>(corners), load<f32>(corners, 8));
  const yMax = max(load<f32>(corners), load<f32>(corners, 8));
  const xMin = min(load<f32>(corners, 4), load<f32>(corners, 12));
  const xMax = max(load<f32>(corners, 4), load<f32>(corners, 12));
  store<f32>(list, yMin);
  store<f32>(list + pitch, yMax);
  store<f32>(list + 2 * pitch, xMin);
  store<f32>(list + 3 * pitch, xMax);
  store<f32>(list + 4 * pitch, (yMax - yMin) * (xMax - xMin));
}

/**
 * A box's score after the boxes taken from number `first` up to `end`, the last one first; NaN if it overlaps one of
 * them too much. Boxes whose overlap cannot matter are passed over four at a time.
 */
// @ts-ignore: decorator
@inline
function suppress<Kind>(
  corners: usize,
  score: f64,
  first: i32,
  end: i32,
  lists: usize,
  pitch: usize,
  iouThreshold: f64,
  scoreThreshold: f64,
  scale: f64,
): f64 {
  const yMin = min(load<f32>(corners), load<f32>(corners, 8));
  const yMax = max(load<f32>(corners), load<f32>(corners, 8));
  const xMin = min(load<f32>(corners, 4), load<f32>(corners, 12));
  const xMax = max(load<f32>(corners, 4), load<f32>(corners, 12));
  const yMins = f32x4.splat(yMin);
  const yMaxs = f32x4.splat(yMax);
  const xMins = f32x4.splat(xMin);
  const xMaxs = f32x4.splat(xMax);
  const areas = f32x4.splat((yMax - yMin) * (xMax - xMin));
  const zero = f32x4.splat(0);
  const infinity = f32x4.splat(f32.POSITIVE_INFINITY);
  // The errors of float32 must not pass over an overlap that reaches the threshold.
  const lowThreshold = f32x4.splat(iouThreshold < 1e-30 ? 0 : <f32>(iouThreshold * 0.99999));
  const tiny = f32x4.splat(1e-30);
  // Where even no overlap at all matters, nothing is passed over.
  const mayPass = i32x4.splat(iouThreshold > 0 && scale - scale == 0 ? -1 : 0);
  for (let group = (end - 1) & ~3; group + 4 > first; group -= 4) {
    const list = lists + ((<usize>group) << 2);
    const height = f32x4.sub(f32x4.min(v128.load(list + pitch), yMaxs), f32x4.max(v128.load(list), yMins));
    const width = f32x4.sub(
      f32x4.min(v128.load(list + 3 * pitch), xMaxs),
      f32x4.max(v128.load(list + 2 * pitch), xMins),
    );
    const bothAreas = f32x4.add(v128.load(list + 4 * pitch), areas);
    let passed: v128;
    if (idof<Kind>() == idof<Hard>()) {
      const common = f32x4.mul(f32x4.max(height, zero), f32x4.max(width, zero));
      const bound = f32x4.mul(f32x4.sub(bothAreas, common), lowThreshold);
      passed = v128.and(f32x4.lt(f32x4.add(common, tiny), bound), f32x4.lt(bound, infinity));
    } else {
      const apart = v128.or(f32x4.le(height, zero), f32x4.le(width, zero));
      passed = v128.and(v128.and(apart, mayPass), f32x4.lt(bothAreas, infinity));
    }
    let lanes = ~i32x4.bitmask(passed) & 15;
    if (group + 4 > end) lanes &= 15 >> (group + 4 - end);
    if (group < first) lanes &= 15 << (first - group);
    while (lanes) {
      const lane = 31 - clz(lanes);
      lanes ^= 1 << lane;
      const iou = overlap(yMin, yMax, xMin, xMax, list + ((<usize>lane) << 2), pitch);
      if (iou >= iouThreshold) return NaN;
      // What is NaN is not below the threshold.
      if (!(iou <= iouThreshold)) score *= 0;
      else if (idof<Kind>() == idof<Soft>()) score *= expOfNegative(scale * iou * iou);
      if (score <= scoreThreshold) return score;
    }
  }
  return score;
}

/** The quotient of the intersection and the union of a box and one taken before; 0 if one has no area. */
function overlap(yMin: f64, yMax: f64, xMin: f64, xMax: f64, list: usize, pitch: usize): f64 {
  const yMinTaken = <f64>load<f32>(list);
  const yMaxTaken = <f64>load<f32>(list + pitch);
  const xMinTaken = <f64>load<f32>(list + 2 * pitch);
  const xMaxTaken = <f64>load<f32>(list + 3 * pitch);
  const area = (yMax - yMin) * (xMax - xMin);
  const areaTaken = (yMaxTaken - yMinTaken) * (xMaxTaken - xMinTaken);
  if (area <= 0 || areaTaken <= 0) return 0;
  const height = max<f64>(min(yMax, yMaxTaken) - max(yMin, yMinTaken), 0);
  const width = max<f64>(min(xMax, xMaxTaken) - max(xMin, xMinTaken), 0);
  const common = height * width;
  return common / (area + areaTaken - common);
}
