import type {Box} from '../../common/image/raster';
import {isFrame, isRule} from './obstacles';
import type {Region} from './regions';

/** Of the longest side: digits of one writing are as high, and loose strokes (in MNIST at most 0.4) are not. */
const MIN_HEIGHT = 0.45;
/** Of the longer side: what is smaller than this is dust. */
const MIN_EXTENT = 0.012;
/** Of the largest region's pixels: the bar of a five that is not joined to it has a tenth. */
const MIN_PART = 0.03;
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
 * Frames, rules and dust are dropped; loose strokes are joined to the digit that they are nearest to.
 */
export function digitRows(regions: Region[], width: number, height: number): DigitRegions[][] {
  const written = writing(regions, width, height);
  const size = Math.max(0, ...written.map(({box}) => extent(box)));
  const least = MIN_PART * Math.max(0, ...written.map(({pixels}) => pixels.length));
  const digits: DigitRegions[] = [];
  const loose: Region[] = [];
  for (const region of written) {
    if (region.pixels.length < least) continue;
    if (region.box.height >= MIN_HEIGHT * size) digits.push({parts: [region], box: region.box});
    else loose.push(region);
  }
  // Nothing is high enough beside something wide: a level stroke.
  if (digits.length === 0) digits.push(...loose.splice(0).map((region) => ({parts: [region], box: region.box})));
  for (const part of loose) {
    const nearest = digits.reduce((best, digit) => (gap(digit.box, part.box) < gap(best.box, part.box) ? digit : best));
    if (gap(nearest.box, part.box) > MAX_GAP * size) continue;
    nearest.parts.push(part);
    nearest.box = union(nearest.box, part.box);
  }
  return rows(merged(digits));
}

/** What is left when frames, rules and dust are gone; all of it where nothing would be left. */
function writing(regions: Region[], width: number, height: number): Region[] {
  const dust = Math.max(2, MIN_EXTENT * Math.max(width, height));
  const visible = regions.filter(({box}) => extent(box) >= dust);
  const free = visible.filter((region) => !isRule(region, width, height) && !isFrame(region, visible, width, height));
  return free.length > 0 ? free : visible;
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

/** Digits whose heights overlap by half are in one row. */
function rows(digits: DigitRegions[]): DigitRegions[][] {
  const result: DigitRegions[][] = [];
  for (const digit of digits.sort((a, b) => middle(a.box) - middle(b.box))) {
    const row = result.find((members) => members.some(({box}) => besides(box, digit.box)));
    if (row === undefined) result.push([digit]);
    else row.push(digit);
  }
  for (const row of result) row.sort((a, b) => a.box.left + a.box.width / 2 - b.box.left - b.box.width / 2);
  return result;
}

function besides(a: Box, b: Box): boolean {
  const overlap = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return overlap >= 0.5 * Math.min(a.height, b.height);
}

function middle({top, height}: Box): number {
  return top + height / 2;
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
