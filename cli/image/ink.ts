import {areaAverage, type Raster} from '../../common/image/raster';
import {RunError} from '../errors';
import {type DigitRegions, digitRows} from './digits';
import {distinctness} from './edges';
import {isEnclosed} from './enclosed';
import {withoutLines} from './lines';
import {againstLocalPaper} from './local-paper';
import {contacts} from './obstacles';
import {distances, withoutPaper} from './paper';
import {type Region, regions} from './regions';
import {depths} from './strokes';
import {crosses, edgeShare, isAlong} from './surface-edges';
import {surfaces} from './surfaces';
import {otsuThreshold} from './threshold';

/** Steps of 255 between ink and paper: faint pencil has some 40. */
const MIN_CONTRAST = 24;
/** How much more than the noise of the paper. */
const MIN_SIGNAL = 3;
/** The same, of ink on a few pixels of a thousand. */
const RARE_SIGNAL = 5;
/** Of the picture's outline: where ink covers more of it, the outline may not be paper. */
const MAX_CONTACT = 0.02;
/** Of a digit's height: few of MNIST's strokes are thicker. */
const MAX_THICKNESS = 0.24;
/** Where nothing but one surface is looked at, bold ones are no doubt. */
const MAX_THICKNESS_ON_SURFACE = 0.36;
/** Of a digit's height: thicker is a bar, a spot or a surface. */
const MAX_STROKE = 0.5;
/** Width to height of a bold one. */
const MAX_ASPECT_OF_ONE = 0.4;
/** Of the width. */
const MAX_SOLID = 0.65;
/** Of a digit's ink, what is not around it. */
const MIN_DISTINCTNESS = 0.7;
/** Of the picture's outline: what covers more is no writing. */
const MAX_EDGE = 0.075;
/** What speaks against an attempt that sees the edges of shadows too. */
const LOCAL_DOUBT = 0.04;
/** Of the strongest: fainter marks on another surface are its grain. */
const MIN_LIKE_CONTRAST = 0.4;
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
 * frame or partly in shadow, the paper is ruled), each pixel is compared with the paper around it; and where the picture
 * shows several surfaces (a sheet on a desk, two halves), each is looked at by itself.
 *
 * Where it is lost in noise, a copy of half the size is looked at: what is returned may be smaller than the picture.
 *
 * @throws RunError where there is nothing to see, or nothing that may be a digit.
 */
export function findWriting(picture: Raster): Writing {
  const written = onSurfaces(picture, surfaces(picture));
  if (written !== undefined) return written;
  const smooth = writtenBy(inkOf(colourValues(picture), picture));
  if (isSound(smooth)) return smooth;
  const local = LOCAL.map((ink) => writtenBy(inkOf(againstLocalPaper(picture, ink).data, picture), LOCAL_DOUBT));
  const all = [smooth, ...local].filter((one) => one !== undefined);
  const [best] = all
    .filter((one) => one.contact <= MAX_EDGE && !all.some((other) => isWithin(one, other)))
    .sort((a, b) => doubt(a) - doubt(b));
  if (best !== undefined) return best;
  const {width, height} = picture;
  if (Math.max(width, height) < NOISY_SIDE) throw best === undefined ? blank() : noDigit();
  // Half the size has half the noise.
  const whole = {left: 0, top: 0, width, height};
  return findWriting(areaAverage(picture, whole, Math.ceil(width / 2), Math.ceil(height / 2)));
}

/** What speaks against an attempt: surfaces in place of strokes, along the picture's edge. */
function doubt({thickness, contact, bias}: Attempt): number {
  return thickness + contact + bias;
}

/** Whether all that one attempt takes for digits is enclosed by digits of another. */
function isWithin(one: Attempt, other: Attempt): boolean {
  if (one === other || one.width !== other.width) return false;
  return one.rows.flat().every((shape) => other.rows.flat().some((digit) => isEnclosed(shape, digit, one.width)));
}

function isSound(attempt: Attempt | undefined): attempt is Attempt {
  return attempt !== undefined && attempt.contact <= MAX_CONTACT && attempt.thickness <= MAX_THICKNESS;
}

/** Writing as one way of seeing the paper shows it. */
interface Attempt extends Writing {
  /** Of its strokes, as a share of the digits' longer sides. */
  thickness: number;
  /** Of the outline of what was looked at, what the writing covers. */
  contact: number;
  /** What speaks against the way of seeing the paper. */
  bias: number;
}

/** What differs from the paper. */
interface Ink {
  /** [height, width], 0 paper to 1 ink. */
  values: Float32Array;
  mask: Uint8Array;
  width: number;
  /** Where it was looked for, as a mask; everywhere by default. */
  area?: Uint8Array;
  /** Steps of 255 between ink and paper. */
  contrast: number;
}

/**
 * The ink of all surfaces that show writing, whatever the colours of each. Undefined where there is none, or where some of it
 * goes over the edge of a surface: that may be the edge of a shadow.
 */
function onSurfaces(picture: Raster, areas: Uint8Array[]): Attempt | undefined {
  const inks: Ink[] = [];
  for (const area of areas) {
    const ink = inkOf(colourValues(picture, area), picture, area);
    if (ink === undefined) continue;
    if (crosses(ink.mask, area, ink.width)) return undefined;
    const written = writtenBy(ink);
    if (written !== undefined && written.thickness <= MAX_THICKNESS_ON_SURFACE) inks.push(ink);
  }
  const most = Math.max(0, ...inks.map(({contrast}) => contrast));
  const written = inks.filter(({contrast}) => contrast >= MIN_LIKE_CONTRAST * most);
  if (written.length < 2) return writtenBy(written[0]);
  const values = written[0].values.map((_, i) => written.reduce((sum, ink) => sum + ink.values[i], 0));
  const mask = written[0].mask.map((_, i) => Number(written.some((ink) => ink.mask[i] === 1)));
  const area = written[0].mask.map((_, i) => Number(written.some((ink) => ink.area?.[i] === 1)));
  return writtenBy({...written[0], values, mask, area});
}

/** Otsu's threshold; where ink is so rare that this parts the paper's noise, half of what is far above the noise. */
function inkThreshold(values: Float32Array): number {
  const threshold = otsuThreshold(values);
  const ink = meanWhere(values, (value) => value > threshold);
  const noise = Math.sqrt(meanWhere(values, (value) => value <= threshold, 2));
  if (ink >= MIN_SIGNAL * noise) return threshold;
  const limit = RARE_SIGNAL * Math.sqrt(meanWhere(values, () => true, 2));
  const rare = meanWhere(values, (value) => value > limit);
  return rare > 0 ? Math.max(limit, rare / 2) : threshold;
}

/** @param area undefined is all of the picture. */
function inkOf(values: Float32Array, {width}: Raster, area?: Uint8Array): Ink | undefined {
  const used = area ? values.filter((_, i) => area[i] === 1) : values;
  const threshold = inkThreshold(used);
  const ink = meanWhere(used, (value) => value > threshold);
  const noise = Math.sqrt(meanWhere(used, (value) => value <= threshold, 2));
  if (ink < MIN_CONTRAST || ink < MIN_SIGNAL * noise) return undefined;
  const within = (limit: number): Uint8Array => above(values, limit).map((value, i) => (area?.[i] === 0 ? 0 : value));
  let mask: Uint8Array = within(threshold);
  if (withoutLines(mask, width) !== undefined) {
    // Lines are mostly paler than the ink. What is as dark is taken out by its form.
    mask = within(otsuThreshold(used.filter((value) => value > threshold)));
    mask = withoutLines(mask, width) ?? mask;
  }
  return {values: values.map((value, i) => (area?.[i] === 0 ? 0 : value / ink)), mask, width, area, contrast: ink};
}

function writtenBy(ink: Ink | undefined, bias = 0): Attempt | undefined {
  if (ink === undefined) return undefined;
  const {values, mask, width, area} = ink;
  const height = mask.length / width;
  const depth = depths(mask, width);
  const isStroke = (region: Region) => {
    const digit = {parts: [region], box: region.box};
    const thickness = relativeThickness(digit, depth);
    const {width: across, height: down} = region.box;
    // An upright stroke is as wide as it is thick; all others have some paper in their box.
    const isSolid = across > MAX_ASPECT_OF_ONE * down && thickness * down > MAX_SOLID * across;
    return thickness <= MAX_STROKE && !isSolid && distinctness(values, mask, width, digit) >= MIN_DISTINCTNESS;
  };
  const found = regions(mask, width).filter((region) => area === undefined || !isAlong(region, area, width));
  const rows = digitRows(found, width, height, isStroke);
  if (rows.length === 0) return undefined;
  const digits = rows.flat();
  const parts = digits.flatMap((digit) => digit.parts);
  return {
    values,
    width,
    rows,
    bias,
    thickness: digits.reduce((sum, digit) => sum + relativeThickness(digit, depth), 0) / digits.length,
    contact: area
      ? edgeShare(parts, area, width)
      : parts.reduce((sum, part) => sum + outlineShare(part, width, height), 0),
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

/** What share of the picture's outline a region covers; from side to side it counts twice, as no digit goes so far. */
function outlineShare(part: Region, width: number, height: number): number {
  const [top, bottom, left, right] = contacts(part, width, height);
  const share = ((top + bottom) * width + (left + right) * height) / (2 * (width + height));
  const isAcross = (top > 0 && bottom > 0) || (left > 0 && right > 0);
  return isAcross ? 2 * share : share;
}

/** How far each pixel is from the paper in the direction of the mean ink, in steps of 255. */
function colourValues(picture: Raster, area?: Uint8Array): Float32Array {
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

function meanColour(rest: Raster, area?: Uint8Array): number[] {
  const {channels, data} = rest;
  const off = distances(rest);
  const threshold = otsuThreshold(area ? off.filter((_, i) => area[i] === 1) : off);
  const sum = new Array<number>(channels).fill(0);
  let pixels = 0;
  off.forEach((distance, i) => {
    if (distance <= threshold || area?.[i] === 0) return;
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
  return new RunError('no digit found: the image is blank, nothing on it stands out from its background');
}

function noDigit(): RunError {
  return new RunError('no digit found: what stands out from the background is no digit (a surface, a line or a spot)');
}
