import type {DigitRegions} from './digits';
import {grow} from './strokes';

/** Of the longer side of the digit: how far out a soft edge goes, and how wide the ring around it is. */
const EDGE = 0.05;

/**
 * How much paler the surroundings of a digit are than its strokes, as a share of their ink: 1 where they are paper, near 0
 * where the strokes are a part of something that fades, as light does.
 *
 * @param values [height, width], 0 paper.
 * @param mask all ink, that of neighbours too.
 */
export function distinctness(
  values: Float32Array,
  mask: Uint8Array,
  width: number,
  {parts, box}: DigitRegions,
): number {
  const height = mask.length / width;
  const edge = Math.max(1, Math.round(EDGE * Math.max(box.width, box.height)));
  const margin = 2 * edge + 1;
  const [columns, rows] = [box.width + 2 * margin, box.height + 2 * margin];
  const own = new Uint8Array(columns * rows);
  let inside = 0;
  let count = 0;
  for (const {pixels} of parts) {
    for (const pixel of pixels) {
      own[(Math.floor(pixel / width) - box.top + margin) * columns + (pixel % width) - box.left + margin] = 1;
      inside += values[pixel];
    }
    count += pixels.length;
  }
  const near = grow(own, columns, edge);
  let around = 0;
  let ring = 0;
  grow(near, columns, edge + 1).forEach((value, i) => {
    const [x, y] = [(i % columns) + box.left - margin, Math.floor(i / columns) + box.top - margin];
    if (value === 0 || near[i] === 1 || x < 0 || y < 0 || x >= width || y >= height) return;
    if (mask[y * width + x] === 1) return;
    around += values[y * width + x];
    ring++;
  });
  return ring === 0 ? 1 : 1 - around / ring / (inside / count);
}
