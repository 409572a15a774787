import type {Box, Raster} from '../../common/image/raster';
import {RunError} from '../errors';
import {distances, withoutPaper} from './paper';
import {type Region, regions} from './regions';
import {grow, strokeWidth} from './strokes';
import {otsuThreshold} from './threshold';

/** Steps of 255 between ink and paper: faint pencil has some 40. */
const MIN_CONTRAST = 20;
/** How much more than the noise of the paper. */
const MIN_SIGNAL = 3;
/** Of the longer side: what is smaller than this is dust. */
const MIN_EXTENT = 0.03;
/** Of the largest region: the bar of a five that is not joined to it has a tenth. */
const MIN_PART = 0.04;
/** What interior of a stroke counts as full ink, by rank: the outer part is the soft edge. */
const FULL_INK = 0.7;
/** Of the longer side of the digit: 1.6 of its 20 pixels. */
const MIN_STROKE = 0.08;

/** The ink of an image: how much of each pixel it covers, and where it is. */
export interface Ink {
  /** One channel, 0 paper to 1 ink; a little beyond either where the paper is noisy. */
  coverage: Raster;
  /** 1 where there is a stroke. */
  mask: Uint8Array;
  box: Box;
}

/**
 * Finds the writing on an image [height, width, 3] of 0 .. 255, in whatever colour: its paper, with all unevenness, is
 * taken away, then what differs from it in the direction of the mean ink is parted by Otsu's threshold. Specks are
 * dropped.
 *
 * @throws RunError where there is nothing to see.
 */
export function findInk(image: Raster): Ink {
  const {width, height, channels} = image;
  const rest = withoutPaper(image);
  const colour = meanColour(rest);
  const contrast = Math.hypot(...colour);
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) {
    for (let c = 0; c < channels; c++) values[i] += (rest.data[i * channels + c] * colour[c]) / contrast ** 2;
  }
  if (contrast < MIN_CONTRAST) throw blank();

  const threshold = otsuThreshold(values);
  const noise = rootMeanSquare(values.filter((value) => value <= threshold));
  if (1 < MIN_SIGNAL * noise) throw blank();
  const found = regions(
    Uint8Array.from(values, (value) => Number(value > threshold)),
    width,
  );
  const parts = strokes(found, Math.max(width, height));
  const mask = new Uint8Array(values.length);
  for (const {pixels} of parts) for (const pixel of pixels) mask[pixel] = 1;
  const near = grow(mask, width, Math.max(1, Math.round(0.02 * Math.max(width, height))));
  const full = rank(
    values.filter((_, i) => mask[i] === 1),
    FULL_INK,
  );
  const data = values.map((value, i) => (near[i] === 1 ? Math.min(1, value / full) : 0));
  return thickened({coverage: {data, width, height, channels: 1}, mask, box: around(parts)});
}

/** Strokes of a fine pen as wide as MNIST's are at least; others as they are. */
function thickened(ink: Ink): Ink {
  const {coverage, mask, box} = ink;
  const side = Math.max(box.width, box.height);
  const missing = MIN_STROKE * side - strokeWidth(mask, coverage.width);
  const radius = Math.round(missing / 2);
  if (radius < 1) return ink;
  const wide = grow(mask, coverage.width, radius);
  const data = coverage.data.map((value, i) => Math.max(value, wide[i]));
  const left = Math.max(0, box.left - radius);
  const top = Math.max(0, box.top - radius);
  const right = Math.min(coverage.width, box.left + box.width + radius);
  const bottom = Math.min(coverage.height, box.top + box.height + radius);
  return {coverage: {...coverage, data}, mask: wide, box: {left, top, width: right - left, height: bottom - top}};
}

function meanColour(rest: Raster): number[] {
  const {channels, data} = rest;
  const off = distances(rest);
  const threshold = otsuThreshold(off);
  const sum = new Array<number>(channels).fill(0);
  let pixels = 0;
  off.forEach((distance, i) => {
    if (distance <= threshold) return;
    pixels++;
    for (let c = 0; c < channels; c++) sum[c] += data[i * channels + c];
  });
  return sum.map((value) => value / Math.max(1, pixels));
}

function strokes(found: Region[], side: number): Region[] {
  const large = found.filter(({box}) => Math.max(box.width, box.height) >= Math.max(2, MIN_EXTENT * side));
  const most = Math.max(0, ...large.map(({pixels}) => pixels.length));
  if (most === 0) throw blank();
  return large.filter(({pixels}) => pixels.length >= MIN_PART * most);
}

function around(parts: Region[]): Box {
  const left = Math.min(...parts.map(({box}) => box.left));
  const top = Math.min(...parts.map(({box}) => box.top));
  const right = Math.max(...parts.map(({box}) => box.left + box.width));
  const bottom = Math.max(...parts.map(({box}) => box.top + box.height));
  return {left, top, width: right - left, height: bottom - top};
}

function rank(values: Float32Array, share: number): number {
  return values.sort()[Math.min(values.length - 1, Math.floor(share * values.length))];
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));
}

function blank(): RunError {
  return new RunError('the image is blank: nothing on it stands out from its background; expected one digit');
}
