import type {Box, Raster} from '../raster';
import type {Writing} from './attempt';
import type {DigitRegions} from './digits';
import {grow, strokeWidth} from './strokes';

/** What interior of a stroke counts as full ink, by rank: the outer part is the soft edge. */
const FULL_INK = 0.7;
/** Of the longer side of the digit: 1.6 of its 20 pixels. */
const MIN_STROKE = 0.08;
/** Of the longer side of the digit: the soft edge of its strokes. */
const SOFT_EDGE = 0.05;

/** One digit's ink and nothing of its neighbours': how much of each pixel it covers, and where it is. */
export interface Ink {
  /** One channel, 0 paper to 1 ink. */
  coverage: Raster;
  box: Box;
}

export function cutOut({values, width}: Writing, {parts, box}: DigitRegions): Ink {
  const longest = Math.max(box.width, box.height);
  const edge = Math.max(1, Math.round(SOFT_EDGE * longest));
  const margin = edge + Math.ceil((MIN_STROKE * longest) / 2);
  const [columns, rows] = [box.width + 2 * margin, box.height + 2 * margin];
  const mask = new Uint8Array(columns * rows);
  for (const {pixels} of parts) {
    for (const pixel of pixels) {
      const x = (pixel % width) - box.left + margin;
      const y = Math.floor(pixel / width) - box.top + margin;
      mask[y * columns + x] = 1;
    }
  }
  const near = grow(mask, columns, edge);
  const height = values.length / width;
  const data = Float32Array.from(mask, (_, i) => {
    const x = (i % columns) + box.left - margin;
    const y = Math.floor(i / columns) + box.top - margin;
    return near[i] === 1 && x >= 0 && y >= 0 && x < width && y < height ? values[y * width + x] : 0;
  });
  const full = rank(
    data.filter((_, i) => mask[i] === 1),
    FULL_INK,
  );
  const coverage = {data: data.map((value) => Math.min(1, value / full)), width: columns, height: rows, channels: 1};
  return thickened({coverage, box: {...box, left: margin, top: margin}}, mask);
}

/** Strokes of a fine pen as wide as MNIST's are at least; others as they are. */
function thickened(ink: Ink, mask: Uint8Array): Ink {
  const {coverage, box} = ink;
  const missing = MIN_STROKE * Math.max(box.width, box.height) - strokeWidth(mask, coverage.width);
  const radius = Math.round(missing / 2);
  if (radius < 1) return ink;
  const wide = grow(mask, coverage.width, radius);
  const data = coverage.data.map((value, i) => Math.max(value, wide[i]));
  const wider = {
    left: box.left - radius,
    top: box.top - radius,
    width: box.width + 2 * radius,
    height: box.height + 2 * radius,
  };
  return {coverage: {...coverage, data}, box: wider};
}

function rank(values: Float32Array, share: number): number {
  return values.sort()[Math.min(values.length - 1, Math.floor(share * values.length))];
}
