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

/** The points as large as they fit a square from -1 to 1, in its middle; those that are all the same are in its centre. */
export function fitted(points: Float32Array): Float32Array {
  const [x, y] = [0, 1].map((axis) => {
    const values = points.filter((_, i) => i % 2 === axis);
    const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    return {middle: (least + most) / 2, reach: (most - least) / 2};
  });
  const reach = Math.max(x.reach, y.reach);
  return points.map((value, i) => (reach > 0 ? (value - (i % 2 === 0 ? x : y).middle) / reach : 0));
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
