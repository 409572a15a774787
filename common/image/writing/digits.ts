import type {Box} from '../raster';
import {isBar, isBarOf} from './bars';
import {isFrame, isRule, isStrip} from './obstacles';
import type {Region} from './regions';
import {rowsOf} from './rows';
import {withoutUnderline} from './underline';

/** Of the longest side: digits of one writing are as high, and loose strokes (in MNIST at most 0.4) are not. */
const MIN_HEIGHT = 0.45;
/** Of the longest side: a smaller digit that stands beside, such as an exponent. */
const MIN_SMALL_HEIGHT = 0.26;
/** Of the longest side, and in pixels: what is smaller than either is dust. */
const MIN_EXTENT = 0.07;
const MIN_PIXELS = 3;
/** Of the largest region's pixels: the bar of a five that is not joined to it has a tenth. */
const MIN_PART = 0.012;
/** Of a digit's longer side: how far from the rest a loose stroke is. */
const MAX_GAP = 0.3;
/** Of the narrower's width: strokes one above another are of one digit. */
const MIN_OVERLAP = 0.6;

/** One digit: its regions, and the box around them. */
export interface DigitRegions {
  parts: Region[];
  box: Box;
}

/**
 * The digits that the regions of a picture make up, in rows from above, each from left to right.
 *
 * Frames, rules, lines near a digit and dust are dropped; loose strokes are joined to the digit that they are nearest to.
 *
 * @param isStroke whether a region is made of strokes, not a surface or a spot.
 */
export function digitRows(
  regions: Region[],
  width: number,
  height: number,
  isStroke: (region: Region) => boolean,
): DigitRegions[][] {
  const written = writing(regions, width, height).flatMap((region) => withoutUnderline(region, width));
  const bars = written.filter((region) => isBar(region, width));
  const shapes = written.filter((region) => !bars.includes(region));
  const size = Math.max(0, ...shapes.map(({box}) => extent(box)));
  const digits: DigitRegions[] = [];
  const loose: Region[] = [];
  for (const region of shapes) {
    if (region.box.height >= MIN_HEIGHT * size && isStroke(region)) digits.push({parts: [region], box: region.box});
    else loose.push(region);
  }
  if (digits.length === 0) return [];
  const small: DigitRegions[] = [];
  for (const part of loose) {
    const digit = nearest(digits, part.box);
    if (isPartOf(part.box, digit.box)) join(digit, part);
    else if (part.box.height >= MIN_SMALL_HEIGHT * size && isStroke(part)) small.push({parts: [part], box: part.box});
  }
  digits.push(...small);
  for (const bar of bars) {
    const digit = nearest(digits, bar.box);
    if (isBarOf(bar.box, digit.box)) join(digit, bar);
  }
  return rowsOf(merged(digits));
}

function nearest(digits: DigitRegions[], box: Box): DigitRegions {
  return digits.reduce((best, digit) => (gap(digit.box, box) < gap(best.box, box) ? digit : best));
}

/** Whether a loose stroke belongs to the digit that it is above, below or within, and not to a small one beside it. */
function isPartOf(part: Box, digit: Box): boolean {
  if (gap(part, digit) > MAX_GAP * extent(digit)) return false;
  const overlap = Math.min(part.left + part.width, digit.left + digit.width) - Math.max(part.left, digit.left);
  return overlap >= 0.5 * part.width || (gap(part, digit) === 0 && overlap > 0);
}

function join(digit: DigitRegions, part: Region): void {
  digit.parts.push(part);
  digit.box = union(digit.box, part.box);
}

/** What is left when frames, rules and dust are gone. */
function writing(regions: Region[], width: number, height: number): Region[] {
  const visible = regions.filter(({box}) => extent(box) >= MIN_PIXELS);
  const free = visible.filter(
    (region) =>
      !isRule(region, width, height) && !isFrame(region, visible, width, height) && !isStrip(region, width, height),
  );
  const size = Math.max(0, ...free.map(({box}) => extent(box)));
  const most = Math.max(0, ...free.map(({pixels}) => pixels.length));
  return free.filter(({box, pixels}) => extent(box) >= MIN_EXTENT * size && pixels.length >= MIN_PART * most);
}

/** Halves of a digit that lie one above the other. */
function merged(digits: DigitRegions[]): DigitRegions[] {
  const result: DigitRegions[] = [];
  for (const digit of digits.sort((a, b) => a.box.left - b.box.left)) {
    const other = result.find(({box}) => isSame(box, digit.box));
    if (other === undefined) result.push(digit);
    else {
      other.parts.push(...digit.parts);
      other.box = union(other.box, digit.box);
    }
  }
  return result;
}

function isSame(a: Box, b: Box): boolean {
  const overlap = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  if (overlap < MIN_OVERLAP * Math.min(a.width, b.width)) return false;
  const between = Math.max(a.top, b.top) - Math.min(a.top + a.height, b.top + b.height);
  return between < 0.15 * Math.min(extent(a), extent(b));
}

function extent({width, height}: Box): number {
  return Math.max(width, height);
}

function union(a: Box, b: Box): Box {
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)];
  const right = Math.max(a.left + a.width, b.left + b.width);
  const bottom = Math.max(a.top + a.height, b.top + b.height);
  return {left, top, width: right - left, height: bottom - top};
}

/** Pixels between two boxes; 0 where they touch or overlap. */
function gap(a: Box, b: Box): number {
  const x = Math.max(0, Math.max(a.left, b.left) - Math.min(a.left + a.width, b.left + b.width));
  const y = Math.max(0, Math.max(a.top, b.top) - Math.min(a.top + a.height, b.top + b.height));
  return Math.hypot(x, y);
}
