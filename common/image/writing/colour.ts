import type {Raster} from '../raster';
import {distances, withoutPaper} from './paper';
import {otsuThreshold, valuesWithin} from './threshold';

/**
 * How far each pixel is from the paper in the direction of the mean ink, in steps of 255.
 *
 * @param area a mask [height, width] of 0 and 1: the paper and the ink are what it shows; all of the picture by default.
 */
export function colourValues(picture: Raster, area?: Uint8Array): Float32Array {
  const rest = withoutPaper(picture, area);
  const {channels, data} = rest;
  const colour = meanColour(rest, area);
  const contrast = Math.hypot(...colour) || 1;
  const values = new Float32Array(data.length / channels);
  for (let i = 0; i < values.length; i++) {
    for (let c = 0; c < channels; c++) values[i] += (data[i * channels + c] * colour[c]) / contrast;
  }
  return values;
}

/** Of what Otsu's threshold takes for ink. */
function meanColour(rest: Raster, area?: Uint8Array): number[] {
  const {channels, data} = rest;
  const off = distances(rest);
  const threshold = otsuThreshold(valuesWithin(off, area));
  const sum = new Array<number>(channels).fill(0);
  let pixels = 0;
  for (let i = 0; i < off.length; i++) {
    if (off[i] <= threshold || area?.[i] === 0) continue;
    pixels++;
    for (let c = 0; c < channels; c++) sum[c] += data[i * channels + c];
  }
  return sum.map((value) => value / Math.max(1, pixels));
}
