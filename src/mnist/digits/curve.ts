import type {Skeleton} from './skeletons.js';

/** Steps between two control points; more cannot be seen at 20 pixels. */
const STEPS = 5;

/** A pen line: points in order; `drawn[i]` is 1 where the pen was down between point i - 1 and point i. */
export interface Line {
  count: number;
  x: Float64Array;
  y: Float64Array;
  /** Half the width of the stroke at each point. */
  radius: Float64Array;
  drawn: Uint8Array;
}

export function createLine(capacity: number): Line {
  return {
    count: 0,
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
    radius: new Float64Array(capacity),
    drawn: new Uint8Array(capacity),
  };
}

/** Room that any of these skeletons needs. */
export function lineCapacity(all: Skeleton[][]): number {
  return STEPS * Math.max(...all.flat().map((skeleton) => skeleton.corners.length));
}

/**
 * Runs a smooth curve through a skeleton's points: centripetal Catmull-Rom, which makes neither loops nor cusps between
 * unevenly spaced points (C. Yuksel, S. Schaefer, J. Keyser, "Parameterization and applications of Catmull-Rom curves",
 * Computer-Aided Design 43, 2011), with ends that go on bending, and broken at corners.
 *
 * @param points x0, y0, x1, y1, ...: the skeleton's points, moved as the writer's hand moved them.
 */
export function trace(points: Float64Array, {corners, starts}: Skeleton, line: Line): void {
  line.count = 0;
  for (let stroke = 0; stroke + 1 < starts.length; stroke++) {
    const last = starts[stroke + 1] - 1;
    add(line, points[2 * starts[stroke]], points[2 * starts[stroke] + 1], 0);
    let from = starts[stroke];
    while (from < last) {
      let to = from + 1;
      while (to < last && corners[to] === 0) to++;
      tracePiece(points, from, to, line);
      from = to;
    }
  }
}

function add(line: Line, x: number, y: number, drawn: number): void {
  const i = line.count++;
  line.x[i] = x;
  line.y[i] = y;
  line.drawn[i] = drawn;
}

/** The points from .. to, which hold no corner but at their ends; the first is already in the line. */
function tracePiece(points: Float64Array, from: number, to: number, line: Line): void {
  for (let i = from; i < to; i++) {
    const x0 = points[2 * i];
    const y0 = points[2 * i + 1];
    const x1 = points[2 * i + 2];
    const y1 = points[2 * i + 3];
    const span = knot(points, i);
    const before = i > from ? knot(points, i - 1) : 0;
    const after = i + 1 < to ? knot(points, i + 1) : 0;
    for (let s = 1; s <= STEPS; s++) {
      const t = s / STEPS;
      const x = hermite(t, x0, x1, span, points[2 * i - 2], before, points[2 * i + 4], after);
      const y = hermite(t, y0, y1, span, points[2 * i - 1], before, points[2 * i + 5], after);
      add(line, x, y, 1);
    }
  }
}

/** The parameter's step between points i and i + 1: the square root of their distance. */
function knot(points: Float64Array, i: number): number {
  const dx = points[2 * i + 2] - points[2 * i];
  const dy = points[2 * i + 3] - points[2 * i + 1];
  return Math.sqrt(Math.sqrt(dx * dx + dy * dy)) + 1e-6;
}

/** One coordinate between p0 and p1, span apart; `before` and `after` are 0 where there is no further point. */
function hermite(
  t: number,
  p0: number,
  p1: number,
  span: number,
  previous: number,
  before: number,
  next: number,
  after: number,
): number {
  const slope = (p1 - p0) / span;
  let m0 = slope;
  let m1 = slope;
  if (before > 0) m0 = (slope * before + ((p0 - previous) / before) * span) / (before + span);
  if (after > 0) m1 = (slope * after + ((next - p1) / after) * span) / (after + span);
  // A natural end: no bend at the very tip, so that the first span curves as the next one wants.
  if (before === 0) m0 = 1.5 * slope - 0.5 * m1;
  if (after === 0) m1 = 1.5 * slope - 0.5 * m0;
  const u = 1 - t;
  return u * u * (1 + 2 * t) * p0 + t * t * (3 - 2 * t) * p1 + span * t * u * (u * m0 - t * m1);
}
