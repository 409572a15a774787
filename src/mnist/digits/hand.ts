import type {Line} from './curve.js';
import type {Sfc32} from './random.js';
import type {Skeleton} from './skeletons.js';

/**
 * Everything here was chosen by comparison with MNIST's training images: ink, width and slant of each digit, and what a
 * network trained on these digits still read wrongly.
 */

/** Mean width of each digit relative to its skeleton's. */
const WIDTH = [0.86, 0.75, 0.88, 0.84, 0.86, 0.84, 0.72, 0.84, 0.74, 0.74];

/** Lengths are in half heights of the digit: a skeleton reaches from -1 to 1. */
const JITTER = 0.075;
const ELASTIC = 0.1;

/** Picks one of a digit's styles, as often as its weight says. */
export function pickStyle(styles: Skeleton[], random: Sfc32): Skeleton {
  let total = 0;
  for (const style of styles) total += style.weight;
  let rest = random.uniform(0, total);
  for (const style of styles) {
    rest -= style.weight;
    if (rest < 0) return style;
  }
  return styles[styles.length - 1];
}

/**
 * How one writer's hand moves a skeleton's points: proportions, slant, rotation, a smooth elastic field, and each point a
 * little on its own.
 *
 * @param moved Receives x0, y0, x1, y1, ...
 */
export function moveByHand(digit: number, {points}: Skeleton, random: Sfc32, moved: Float64Array): void {
  // A 1 is a single stroke: what makes other digits lively would bend it into another digit.
  const lively = digit === 1 ? 0.4 : 1;
  const waist = random.normal(0.18 * lively);
  const taper = random.normal(0.17);
  const bow = random.normal(0.07);
  const tilt = random.normal(0.06 * lively);
  const width = WIDTH[digit] * (1 + random.normal(0.17));
  const slant = 0.2 + random.normal(0.25);
  // The half-angle formulas: a rotation without sin and cos.
  const half = random.normal(0.05);
  const cos = (1 - half * half) / (1 + half * half);
  const sin = (2 * half) / (1 + half * half);
  const elastic = elasticField(random, ELASTIC * lively);
  for (let i = 0; i < points.length; i += 2) {
    const u = points[i];
    const v = points[i + 1];
    const bulge = 1 - v * v;
    const x = (u * (1 + taper * v) + bow * bulge + elastic(u, v, 0) + random.normal(JITTER * lively)) * width;
    const y = v + waist * bulge + tilt * u + elastic(u, v, 1) + random.normal(JITTER * lively);
    const leaning = x - slant * y;
    moved[i] = cos * leaning - sin * y;
    moved[i + 1] = sin * leaning + cos * y;
  }
}

/** Gives a line its ink: a pen of random width, pressed differently along the line, with a slightly rough edge. */
export function inkLine(line: Line, random: Sfc32): void {
  const broad = random.uniform();
  const pen = 0.06 + random.uniform(0, 0.07) + 0.11 * broad * broad;
  const first = pen * (1 + random.normal(0.12));
  const middle = pen * (1 + random.normal(0.12));
  const last = pen * (1 + random.normal(0.12));
  const rough = random.uniform(0, 0.2);
  for (let i = 0; i < line.count; i++) {
    // The parabola through the three pressures.
    const t = i / (line.count - 1);
    const pressed = first + t * (4 * middle - 3 * first - last) + 2 * t * t * (first + last - 2 * middle);
    line.radius[i] = Math.max(0.035, pressed * (1 + random.normal(rough)));
    line.x[i] += random.normal(0.1 * rough);
    line.y[i] += random.normal(0.1 * rough);
  }
}

/**
 * A smooth random displacement over the square -1 .. 1: normal coefficients on a grid of 4 x 4 for each axis, blended by
 * quadratic B-splines.
 */
function elasticField(random: Sfc32, deviation: number): (u: number, v: number, axis: number) => number {
  const grid = new Float64Array(32);
  for (let i = 0; i < 32; i++) grid[i] = random.normal(deviation);
  return (u, v, axis) => {
    const gx = Math.min(1.999, Math.max(0, u + 1));
    const gy = Math.min(1.999, Math.max(0, v + 1));
    const ix = Math.floor(gx);
    const iy = Math.floor(gy);
    const at = 16 * axis + 4 * iy + ix;
    const row = (k: number) => spline(gx - ix, grid[k], grid[k + 1], grid[k + 2]);
    return spline(gy - iy, row(at), row(at + 4), row(at + 8));
  };
}

/** The uniform quadratic B-spline with coefficients a, b, c at t in 0 .. 1. */
function spline(t: number, a: number, b: number, c: number): number {
  return 0.5 * (1 - t) * (1 - t) * a + (0.5 + t - t * t) * b + 0.5 * t * t * c;
}
