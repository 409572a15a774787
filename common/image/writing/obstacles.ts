import type {Box} from '../raster';
import type {Region} from './regions';

/** Of a side of the picture: what runs along so much of it is the edge of the paper, not a stroke. */
const MIN_CONTACT = 0.9;
/** Of a strip's length: what of it is at the edge. */
const MIN_STRIP = 0.8;
/** Of a side of its box that the side of a frame covers. */
const MIN_COVER = 0.8;
/** Of its box: how far from the box's side the frame's side may be, as it is not quite straight. */
const MARGIN = 0.1;
/** Width to height, or height to width, of a rule. */
const RULE_ASPECT = 7;
/** Of the picture's side. */
const RULE_LENGTH = 0.5;

/** Whether a region is a level or upright line: the rest of a ruling, an underline. */
export function isRule({box}: Region, width: number, height: number): boolean {
  const level = box.width > RULE_ASPECT * box.height;
  const upright = box.height > 2 * RULE_ASPECT * box.width && box.height > RULE_LENGTH * height;
  return (level && box.width > RULE_LENGTH * width) || upright;
}

/**
 * Whether a region is around or beside what is written: a rectangle's outline with another region inside, or what runs
 * along whole sides of the picture.
 */
export function isFrame(region: Region, all: Region[], width: number, height: number): boolean {
  const sides = contacts(region, width, height);
  const full = sides.filter((share) => share >= MIN_CONTACT).length;
  const others = all.filter((other) => other !== region && isSizable(other, region));
  if (full >= 2 && others.length > 0) return true;
  if (full >= 1 && others.some((other) => contacts(other, width, height).every((share) => share < MIN_CONTACT)))
    return true;
  return others.some((other) => isInside(other.box, region.box)) && isOutline(region, width);
}

/** Whether a region lies along the picture's outline, longer than deep: a strip of what is behind the paper. */
export function isStrip(region: Region, width: number, height: number): boolean {
  const [top, bottom, left, right] = contacts(region, width, height);
  const touched = Math.max((top + bottom) * width, (left + right) * height);
  return touched >= MIN_STRIP * Math.max(region.box.width, region.box.height);
}

function isSizable({box}: Region, other: Region): boolean {
  return Math.max(box.width, box.height) >= 0.12 * Math.max(other.box.width, other.box.height);
}

/** What share of each of the picture's four sides a region covers. */
export function contacts({pixels}: Region, width: number, height: number): number[] {
  const counts = [0, 0, 0, 0];
  for (const pixel of pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    if (y === 0) counts[0]++;
    if (y === height - 1) counts[1]++;
    if (x === 0) counts[2]++;
    if (x === width - 1) counts[3]++;
  }
  return counts.map((count, side) => count / (side < 2 ? width : height));
}

export function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.left > outer.left &&
    inner.top > outer.top &&
    inner.left + inner.width < outer.left + outer.width &&
    inner.top + inner.height < outer.top + outer.height
  );
}

/** Whether a region has pixels all along the four sides of its box. */
function isOutline({pixels, box}: Region, width: number): boolean {
  const [marginX, marginY] = [1 + MARGIN * box.width, 1 + MARGIN * box.height];
  const sides = [box.width, box.width, box.height, box.height].map((length) => new Uint8Array(length));
  for (const pixel of pixels) {
    const x = (pixel % width) - box.left;
    const y = Math.floor(pixel / width) - box.top;
    if (y < marginY) sides[0][x] = 1;
    if (y >= box.height - marginY) sides[1][x] = 1;
    if (x < marginX) sides[2][y] = 1;
    if (x >= box.width - marginX) sides[3][y] = 1;
  }
  return sides.every((side) => side.reduce((sum, value) => sum + value, 0) >= MIN_COVER * side.length);
}
