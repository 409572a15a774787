import type {Box} from '../raster';
import type {Region} from './regions';

/** Thickness to length. */
const MAX_THICKNESS = 0.25;
/** From level, in radians. */
const MAX_ANGLE = 0.6;
/** Of the digit's longer side: how far from the digit its own loose bar is. */
const MAX_GAP = 0.2;
/** Of the digit's longer side. The bar of a five is shorter in nearly all of MNIST. */
const MAX_LENGTH = 0.85;
/** Of the digit's width: how far the middle of the bar of a five is from its left. */
const FURTHEST = 1.4;
/** Of the digit's height: what is lower underlines it. */
const LOWEST = 0.75;

/** Whether a region is a straight stroke that is nearly level: no digit by itself, but a minus, an underline, or a bar. */
export function isBar({pixels, box}: Region, width: number): boolean {
  const centre = {x: 0, y: 0};
  for (const pixel of pixels) {
    centre.x += (pixel % width) / pixels.length;
    centre.y += Math.floor(pixel / width) / pixels.length;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (const pixel of pixels) {
    const [x, y] = [(pixel % width) - centre.x, Math.floor(pixel / width) - centre.y];
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const half = Math.hypot((xx - yy) / 2, xy);
  const [long, short] = [(xx + yy) / 2 + half, (xx + yy) / 2 - half];
  const isStraight = short < MAX_THICKNESS ** 2 * long;
  return isStraight && Math.abs(Math.atan2(2 * xy, xx - yy) / 2) < MAX_ANGLE && box.width > box.height;
}

/** Whether a bar is a stroke of a digit, such as the upper one of a five, and not a line near it. */
export function isBarOf(bar: Box, digit: Box): boolean {
  const longest = Math.max(digit.width, digit.height);
  const middle = {x: bar.left + bar.width / 2, y: bar.top + bar.height / 2};
  const across = (middle.x - digit.left) / digit.width;
  const down = (middle.y - digit.top) / digit.height;
  const gapX = Math.max(0, bar.left - digit.left - digit.width, digit.left - bar.left - bar.width);
  const gapY = Math.max(0, bar.top - digit.top - digit.height, digit.top - bar.top - bar.height);
  return (
    Math.hypot(gapX, gapY) <= MAX_GAP * longest &&
    bar.width <= MAX_LENGTH * longest &&
    across > 0 &&
    across < FURTHEST &&
    down < LOWEST
  );
}
