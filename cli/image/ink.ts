import {areaAverage, type Raster} from '../../common/image/raster';
import {RunError} from '../errors';
import {type DigitRegions, digitRows} from './digits';
import {withoutLines} from './lines';
import {againstLocalPaper} from './local-paper';
import {contacts} from './obstacles';
import {distances, withoutPaper} from './paper';
import {type Region, regions} from './regions';
import {depths} from './strokes';
import {otsuThreshold} from './threshold';

/** Steps of 255 between ink and paper: faint pencil has some 40. */
const MIN_CONTRAST = 20;
/** How much more than the noise of the paper. */
const MIN_SIGNAL = 3;
/** Of the picture's outline: where ink covers more of it, the outline may not be paper. */
const MAX_CONTACT = 0.02;
/** Of a digit's height: few of MNIST's strokes are thicker. */
const MAX_THICKNESS = 0.2;
/** Pixels of a side: below there are no more to average. */
const NOISY_SIDE = 160;
const LOCAL = ['dark', 'light'] as const;

/** The writing on a picture. */
export interface Writing {
  /** [height, width], 0 paper to 1 ink; a little beyond either where the paper is noisy. */
  values: Float32Array;
  width: number;
  /** In rows from above, each from left to right; at least one. */
  rows: DigitRegions[][];
}

/**
 * Finds the writing on a picture [height, width, 3] of 0 .. 255, in whatever colour.
 *
 * The paper is a smooth surface through the picture's border first. Where that leaves what is no writing (the border is a
 * frame or partly in shadow, the paper is ruled), each pixel is compared with the paper around it.
 *
 * Where it is lost in noise, a copy of half the size is looked at: what is returned may be smaller than the picture.
 *
 * @throws RunError where there is nothing to see.
 */
export function findWriting(picture: Raster): Writing {
  const smooth = attempt(colourValues(picture), picture);
  if (smooth !== undefined && smooth.contact <= MAX_CONTACT && smooth.thickness <= MAX_THICKNESS) return smooth;
  const all = [smooth, ...LOCAL.map((ink) => attempt(againstLocalPaper(picture, ink).data, picture))];
  const [best] = all.filter((one) => one !== undefined).sort((a, b) => doubt(a) - doubt(b));
  if (best !== undefined) return best;
  const {width, height} = picture;
  if (Math.max(width, height) < NOISY_SIDE) throw blank();
  // Half the size has half the noise.
  const whole = {left: 0, top: 0, width, height};
  return findWriting(areaAverage(picture, whole, Math.ceil(width / 2), Math.ceil(height / 2)));
}

/** What speaks against an attempt: surfaces in place of strokes, along the picture's edge. */
function doubt({thickness, contact}: Attempt): number {
  return thickness + contact;
}

/** Writing as one way of seeing the paper shows it. */
interface Attempt extends Writing {
  /** Of its strokes, as a share of the digits' longer sides. */
  thickness: number;
  /** Of the picture's outline, what the writing covers. */
  contact: number;
}

function attempt(values: Float32Array, {width, height}: Raster): Attempt | undefined {
  const threshold = otsuThreshold(values);
  const ink = meanWhere(values, (value) => value > threshold);
  const noise = Math.sqrt(meanWhere(values, (value) => value <= threshold, 2));
  if (ink < MIN_CONTRAST || ink < MIN_SIGNAL * noise) return undefined;
  let mask = above(values, threshold);
  if (withoutLines(mask, width) !== undefined) {
    // Lines are mostly paler than the ink. What is as dark is taken out by its form.
    mask = above(values, otsuThreshold(values.filter((value) => value > threshold)));
    mask = withoutLines(mask, width) ?? mask;
  }
  const depth = depths(mask, width);
  const rows = digitRows(regions(mask, width), width, height);
  if (rows.length === 0) return undefined;
  const digits = rows.flat();
  const parts = digits.flatMap((digit) => digit.parts);
  return {
    values: values.map((value) => value / ink),
    width,
    rows,
    thickness: digits.reduce((sum, digit) => sum + relativeThickness(digit, depth), 0) / digits.length,
    contact: parts.reduce((sum, part) => sum + outlineShare(part, width, height), 0),
  };
}

/** Four times the mean distance of a stroke's pixels to its edge is its width. */
function relativeThickness({parts, box}: DigitRegions, depth: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (const {pixels} of parts) {
    for (const pixel of pixels) sum += depth[pixel] - 0.5;
    count += pixels.length;
  }
  return (4 * sum) / count / box.height;
}

/** What share of the picture's outline a region covers. */
function outlineShare(part: Region, width: number, height: number): number {
  const [top, bottom, left, right] = contacts(part, width, height);
  return ((top + bottom) * width + (left + right) * height) / (2 * (width + height));
}

/** How far each pixel is from the paper in the direction of the mean ink, in steps of 255. */
function colourValues(picture: Raster): Float32Array {
  const rest = withoutPaper(picture);
  const {channels, data} = rest;
  const colour = meanColour(rest);
  const contrast = Math.hypot(...colour) || 1;
  const values = new Float32Array(data.length / channels);
  for (let i = 0; i < values.length; i++) {
    for (let c = 0; c < channels; c++) values[i] += (data[i * channels + c] * colour[c]) / contrast;
  }
  return values;
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

function above(values: Float32Array, threshold: number): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) mask[i] = Number(values[i] > threshold);
  return mask;
}

function meanWhere(values: Float32Array, use: (value: number) => boolean, power = 1): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!use(value)) continue;
    sum += value ** power;
    count++;
  }
  return sum / Math.max(1, count);
}

function blank(): RunError {
  return new RunError('the image is blank: nothing on it stands out from its background; expected digits');
}
