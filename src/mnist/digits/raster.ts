import type {Line} from './curve.js';

/** MNIST's convention: the glyph fills a box of 20 x 20 ... */
const BOX = 20;
/** ... and is placed in 28 x 28 so that its centre of mass falls on this pixel, by whole pixels. */
const SIDE = 28;
const CENTRE = 14;

/** How deep each pixel's centre lies inside the ink, in pixels; at most 0 is outside. Reused: one glyph at a time. */
const depth = new Float64Array(BOX * BOX);
const box = new Uint8Array(BOX * BOX);

/** Draws a line with a pen as one MNIST image, bright on black, into images[offset .. offset + 783]. */
export function rasterize(line: Line, softness: number, images: Uint8Array, offset: number): void {
  drawInBox(line, softness);
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let i = 0; i < box.length; i++) {
    const t = Math.min(1, Math.max(0, depth[i] / softness + 0.5));
    const ink = Math.round(255 * t * t * (3 - 2 * t));
    box[i] = ink;
    mass += ink;
    massX += ink * (i % BOX);
    massY += ink * Math.floor(i / BOX);
  }
  const left = placed(massX / mass);
  const top = placed(massY / mass);
  images.fill(0, offset, offset + SIDE * SIDE);
  for (let y = 0; y < BOX; y++) {
    images.set(box.subarray(y * BOX, y * BOX + BOX), offset + (top + y) * SIDE + left);
  }
}

/** Where the box begins, that its centre of mass comes to CENTRE; lopsided glyphs stop at the image's border. */
function placed(centreOfMass: number): number {
  return Math.min(SIDE - BOX, Math.max(0, Math.round(CENTRE - centreOfMass)));
}

/** Scales the line so that its ink just fills the box, keeping its proportions, and fills `depth`. */
function drawInBox(line: Line, softness: number): void {
  const {count, x, y, radius, drawn} = line;
  let minX = Infinity;
  let maxX = -Infinity;
  let minY = Infinity;
  let maxY = -Infinity;
  for (let i = 0; i < count; i++) {
    const r = radius[i];
    minX = Math.min(minX, x[i] - r);
    maxX = Math.max(maxX, x[i] + r);
    minY = Math.min(minY, y[i] - r);
    maxY = Math.max(maxY, y[i] + r);
  }
  const scale = BOX / Math.max(maxX - minX, maxY - minY);
  const dx = (BOX - (maxX - minX) * scale) / 2 - minX * scale - 0.5;
  const dy = (BOX - (maxY - minY) * scale) / 2 - minY * scale - 0.5;
  depth.fill(-BOX);
  for (let i = 1; i < count; i++) {
    if (drawn[i] === 0) continue;
    segment(
      x[i - 1] * scale + dx,
      y[i - 1] * scale + dy,
      x[i] * scale + dx,
      y[i] * scale + dy,
      radius[i - 1] * scale,
      radius[i] * scale,
      softness,
    );
  }
}

/** Deepens the pixels around the piece of line from (x0, y0) to (x1, y1), whose radius runs from r0 to r1. */
function segment(x0: number, y0: number, x1: number, y1: number, r0: number, r1: number, softness: number): void {
  const reach = Math.max(r0, r1) + softness / 2;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(BOX - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(BOX - 1, Math.floor(Math.max(y0, y1) + reach));
  const dx = x1 - x0;
  const dy = y1 - y0;
  const squared = dx * dx + dy * dy;
  const inverse = squared > 0 ? 1 / squared : 0;
  for (let py = top; py <= bottom; py++) {
    for (let px = left; px <= right; px++) {
      const t = Math.min(1, Math.max(0, ((px - x0) * dx + (py - y0) * dy) * inverse));
      const ex = px - x0 - t * dx;
      const ey = py - y0 - t * dy;
      const inside = r0 + t * (r1 - r0) - Math.sqrt(ex * ex + ey * ey);
      const i = py * BOX + px;
      if (inside > depth[i]) depth[i] = inside;
    }
  }
}
