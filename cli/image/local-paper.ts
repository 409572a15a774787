import {type Raster, raster} from '../../common/image/raster';

/** Of the shorter side: half the width of a window in which a stroke never fills all. */
const REACH = 0.13;
/** Light below which a share of it would be noise. */
const MIN_LIGHT = 24;
const POWER_STEPS = 12;

/**
 * What differs from the paper around it, as a share of its light: one channel, 0 paper. It is for paper whose light
 * changes all at once, as at the edge of a shadow or of a frame, where no smooth surface follows it.
 *
 * The paper is the closing (of dark ink) or opening (of light ink) by a square: what is narrower than the square takes the
 * light of its surroundings, and the edges of what is wider stay where they are.
 */
export function againstLocalPaper(image: Raster, ink: 'dark' | 'light'): Raster {
  const {width, height} = image;
  const grey = mainAxis(image);
  // Light ink is dark ink on the negative.
  const data = ink === 'dark' ? grey : grey.map((value) => 255 - value);
  const reach = Math.max(2, Math.round(REACH * Math.min(width, height)));
  const closed = closing(data, width, reach);
  const light = ink === 'dark' ? (value: number) => Math.max(MIN_LIGHT, value) / 255 : () => 1;
  return {
    ...raster(width, height, 1),
    data: data.map((value, i) => (closed[i] - value) / light(closed[i])),
  };
}

/**
 * The values [height, width] without what is narrower than a window, whether darker or lighter than its surroundings.
 *
 * @param reach half the window's width.
 */
export function withoutStrokes(values: Float32Array, width: number, reach: number): Float32Array {
  return negative(closing(negative(closing(values, width, reach)), width, reach));
}

/** Beyond the picture its edge goes on, so that what reaches the edge is not narrower for that. */
function closing(values: Float32Array, width: number, reach: number): Float32Array {
  const height = values.length / width;
  const [columns, rows] = [width + 2 * reach, height + 2 * reach];
  const inside = (place: number, count: number) => Math.min(count - 1, Math.max(0, place - reach));
  const padded = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const from = inside(y, height) * width;
    for (let x = 0; x < columns; x++) padded[y * columns + x] = values[from + inside(x, width)];
  }
  const closed = negative(widest(negative(widest(padded, columns, reach)), columns, reach));
  const result = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const from = (y + reach) * columns + reach;
    result.set(closed.subarray(from, from + width), y * width);
  }
  return result;
}

/** Each pixel's place along the direction in which the colours differ most, in grey of 0 .. 255 where it is brightness. */
export function mainAxis({data, channels}: Raster): Float32Array {
  const pixels = data.length / channels;
  const mean = new Array<number>(channels).fill(0);
  data.forEach((value, i) => {
    mean[i % channels] += value / pixels;
  });
  const covariance = mean.map(() => new Array<number>(channels).fill(0));
  for (let i = 0; i < data.length; i += channels) {
    for (let r = 0; r < channels; r++) {
      for (let c = 0; c < channels; c++) covariance[r][c] += (data[i + r] - mean[r]) * (data[i + c] - mean[c]);
    }
  }
  let axis = mean.map((_, c) => 1 + 0.01 * c);
  for (let step = 0; step < POWER_STEPS; step++) {
    const next = covariance.map((row) => row.reduce((sum, value, c) => sum + value * axis[c], 0));
    const length = Math.hypot(...next) || 1;
    axis = next.map((value) => value / length);
  }
  // Brighter stays brighter; all values within what a pixel can have.
  const total = axis.reduce((sum, value) => sum + Math.abs(value), 0) || 1;
  const sign = axis.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1;
  const weights = axis.map((value) => (sign * value) / total);
  const lowest = weights.reduce((sum, value) => sum + Math.min(0, 255 * value), 0);
  return Float32Array.from({length: pixels}, (_, i) =>
    weights.reduce((sum, weight, c) => sum + weight * data[i * channels + c], -lowest),
  );
}

function negative(values: Float32Array): Float32Array {
  return values.map((value) => -value);
}

/** The highest value within `reach` of each pixel, by rows, then by columns. */
function widest(values: Float32Array, width: number, reach: number): Float32Array {
  const height = values.length / width;
  const rows = new Float32Array(values.length);
  for (let y = 0; y < height; y++) highestWithin(values, rows, y * width, 1, width, reach);
  const result = new Float32Array(values.length);
  for (let x = 0; x < width; x++) highestWithin(rows, result, x, width, height, reach);
  return result;
}

/** One line of it: maxima of windows of 2, 4, 8 ... pixels, the last two of which overlap to the window asked for. */
function highestWithin(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  count: number,
  reach: number,
) {
  const line = Float32Array.from({length: count}, (_, i) => from[start + i * step]);
  let span = 1;
  while (2 * span <= Math.min(count, reach + 1)) {
    for (let i = 0; i + span < count; i++) line[i] = Math.max(line[i], line[i + span]);
    span *= 2;
  }
  for (let i = 0; i < count; i++) {
    let highest = -Infinity;
    const last = Math.min(count, i + reach + 1) - span;
    for (let at = Math.max(0, i - reach); at < last; at += span) highest = Math.max(highest, line[at]);
    to[start + i * step] = Math.max(highest, line[Math.max(0, last)]);
  }
}
