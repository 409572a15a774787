/** Where the points of a map are in its box: [x, y] from 0 to 1, from the left and from above. */
const MARGIN = 0.04;

type Spot = readonly [x: number, y: number];

const ARROWS: Record<string, Spot> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function spotOf(points: Float32Array, index: number): Spot {
  const at = (value: number) => 0.5 + value * (0.5 - MARGIN);
  return [at(points[2 * index]), at(-points[2 * index + 1])];
}

export function nearest(points: Float32Array, [x, y]: Spot): number {
  return least(points, (spot) => Math.hypot(spot[0] - x, spot[1] - y));
}

/** The next point that an arrow key leads to; undefined for other keys, and where there is none. */
export function nextTowards(key: string, points: Float32Array, from: number | undefined): number | undefined {
  const arrow = ARROWS[key];
  if (!arrow) return undefined;
  if (from === undefined) return nearest(points, [0.5, 0.5]);
  const [x, y] = spotOf(points, from);
  const next = least(points, (spot) => {
    const [dx, dy] = [spot[0] - x, spot[1] - y];
    const along = dx * arrow[0] + dy * arrow[1];
    const across = Math.abs(dx * arrow[1]) + Math.abs(dy * arrow[0]);
    return along > 0 ? along + 2 * across : Number.POSITIVE_INFINITY;
  });
  return next === -1 ? undefined : next;
}

/** -1 where all are infinitely far. */
function least(points: Float32Array, measure: (spot: Spot) => number): number {
  let best = -1;
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < points.length / 2; i++) {
    const length = measure(spotOf(points, i));
    if (length < shortest) [best, shortest] = [i, length];
  }
  return best;
}
