import {type DigitRegions, digitRows} from './digits';
import {distinctness} from './edges';
import type {Ink} from './ink';
import {contacts} from './obstacles';
import {type Region, regions} from './regions';
import {depths} from './strokes';
import {edgeShare, isAlong} from './surface-edges';

/** Of a digit's height: thicker is a bar, a spot or a surface. */
const MAX_STROKE = 0.5;
/** Width to height of a bold one. */
const MAX_ASPECT_OF_ONE = 0.4;
/** Of the width. */
const MAX_SOLID = 0.65;
/** Of a digit's ink, what is not around it. */
const MIN_DISTINCTNESS = 0.7;

/** The writing on a picture. */
export interface Writing {
  /** [height, width], 0 paper to 1 ink; a little beyond either where the paper is noisy. */
  values: Float32Array;
  width: number;
  /** In rows from above, each from left to right; at least one. */
  rows: DigitRegions[][];
}

/** Writing as one way of seeing the paper shows it. */
export interface Attempt extends Writing {
  /** Of its strokes, as a share of the digits' longer sides. */
  thickness: number;
  /** Of the outline of what was looked at, what the writing covers. */
  contact: number;
  /** What speaks against the way of seeing the paper. */
  bias: number;
}

/**
 * The digits that ink shows; undefined where it shows none.
 *
 * @param bias what speaks against the way of seeing the paper.
 */
export function writtenBy(ink: Ink, bias = 0): Attempt | undefined {
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
