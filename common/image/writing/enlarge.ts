import {type Raster, raster} from '../raster';

/**
 * An image `factor` times as large, with cubic interpolation (R. Keys: Cubic convolution interpolation for digital image
 * processing, 1981; a = -1/2). Beyond its sides it goes on with the pixels there.
 *
 * @param factor an integer.
 */
export function smoothlyEnlarged(source: Raster, factor: number): Raster {
  const {width, height, channels} = source;
  const wide = raster(width * factor, height, channels);
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < channels; c++) {
      enlargeLine(source.data, wide.data, {
        from: y * width * channels + c,
        to: y * wide.width * channels + c,
        step: channels,
        count: width,
        factor,
      });
    }
  }
  const result = raster(wide.width, height * factor, channels);
  const step = wide.width * channels;
  for (let at = 0; at < step; at++) {
    enlargeLine(wide.data, result.data, {from: at, to: at, step, count: height, factor});
  }
  return result;
}

interface Line {
  from: number;
  to: number;
  step: number;
  count: number;
  factor: number;
}

function enlargeLine(source: Float32Array, target: Float32Array, {from, to, step, count, factor}: Line): void {
  for (let i = 0; i < count * factor; i++) {
    const place = (i + 0.5) / factor - 0.5;
    const first = Math.floor(place) - 1;
    const t = place - first - 1;
    let value = 0;
    for (let k = 0; k < 4; k++) {
      const at = Math.min(count - 1, Math.max(0, first + k));
      value += weight(Math.abs(t + 1 - k)) * source[from + at * step];
    }
    target[to + i * step] = value;
  }
}

/** Keys's kernel at a distance. */
function weight(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}
