/**
 * Turns and, where that is nearer, mirrors points so that they lie as near as can be to where they were before: principal
 * components may turn or flip from one look to the next though nothing has moved.
 *
 * @param points [count, 2], around the origin.
 */
export function aligned(points: Float32Array, before: Float32Array | undefined): Float32Array {
  if (before?.length !== points.length) return points;
  const turn = best(points, before);
  const mirrored = points.map((value, i) => (i % 2 === 0 ? value : -value));
  const mirroredTurn = best(mirrored, before);
  return mirroredTurn.gain > turn.gain ? turned(mirrored, mirroredTurn.angle) : turned(points, turn.angle);
}

/** The points in the unit circle; those that are all the same stay. */
export function withinCircle(points: Float32Array): Float32Array {
  let most = 0;
  for (let i = 0; i < points.length; i += 2) most = Math.max(most, Math.hypot(points[i], points[i + 1]));
  return most > 0 ? points.map((value) => value / most) : points;
}

function best(points: Float32Array, before: Float32Array): {angle: number; gain: number} {
  let along = 0;
  let across = 0;
  for (let i = 0; i < points.length; i += 2) {
    along += points[i] * before[i] + points[i + 1] * before[i + 1];
    across += points[i] * before[i + 1] - points[i + 1] * before[i];
  }
  return {angle: Math.atan2(across, along), gain: Math.hypot(across, along)};
}

function turned(points: Float32Array, angle: number): Float32Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return points.map((value, i) =>
    i % 2 === 0 ? cos * value - sin * points[i + 1] : sin * points[i - 1] + cos * value,
  );
}
