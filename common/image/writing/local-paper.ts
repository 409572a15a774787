import type {Raster} from '../raster';
import {closing} from './closing';

/** Of the shorter side: half the width of a window in which a stroke never fills all. */
const REACH = 0.13;
/** Light below which a share of it would be noise. */
const MIN_LIGHT = 24;
const POWER_STEPS = 12;

/**
 * How far each of the values [height, width] of 0 .. 255 is from the paper around it, as a share of its light: 0 paper. It is
 * for paper whose light changes all at once, as at the edge of a shadow or of a frame, where no smooth surface follows it.
 *
 * The paper is the closing (of dark ink) or opening (of light ink) by a square: what is narrower than the square takes the
 * light of its surroundings, and the edges of what is wider stay where they are.
 */
export function againstLocalPaper(grey: Float32Array, width: number, ink: 'dark' | 'light'): Float32Array {
  // Light ink is dark ink on the negative.
  const data = ink === 'dark' ? grey : grey.map((value) => 255 - value);
  const reach = Math.max(2, Math.round(REACH * Math.min(width, grey.length / width)));
  const result = closing(data, width, reach);
  for (let i = 0; i < data.length; i++) {
    const light = ink === 'dark' ? Math.max(MIN_LIGHT, result[i]) / 255 : 1;
    result[i] = (result[i] - data[i]) / light;
  }
  return result;
}

/**
 * The values [height, width] without what is narrower than a window, whether darker or lighter than its surroundings.
 *
 * @param reach half the window's width.
 */
export function withoutStrokes(values: Float32Array, width: number, reach: number): Float32Array {
  return negative(closing(negative(closing(values, width, reach)), width, reach));
}

/** Each pixel's place along the direction in which the colours differ most, in grey of 0 .. 255 where it is brightness. */
export function mainAxis({data, channels}: Raster): Float32Array {
  const pixels = data.length / channels;
  const mean = new Array<number>(channels).fill(0);
  for (let i = 0; i < data.length; i++) mean[i % channels] += data[i] / pixels;
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
  const places = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    let place = -lowest;
    for (let c = 0; c < channels; c++) place += weights[c] * data[i * channels + c];
    places[i] = place;
  }
  return places;
}

function negative(values: Float32Array): Float32Array {
  return values.map((value) => -value);
}
