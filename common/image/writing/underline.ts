import {type Region, regions} from './regions';

/** Width to height of what a digit alone seldom has. */
const MIN_ASPECT = 1.15;
/** Of the region's width: how much of it the line goes under. */
const MIN_LENGTH = 0.75;
/** Of the region's height. */
const MAX_THICKNESS = 0.16;
/** Rise over length. */
const MAX_TILT = 0.1;
const TILT_STEP = 0.02;
/** Of the region's height: what is left above the line. */
const MIN_LEFT = 0.5;

/** A column's lowest stroke. */
interface Foot {
  x: number;
  bottom: number;
  thickness: number;
}

/** What a region is without the line under it that touches its digits; the region itself where there is no such line. */
export function withoutUnderline(region: Region, width: number): Region[] {
  const {box, pixels} = region;
  if (box.width < MIN_ASPECT * box.height) return [region];
  const mask = new Uint8Array(width * (box.top + box.height));
  for (const pixel of pixels) mask[pixel] = 1;
  const line = lineOf(feet(region, mask, width), box.height);
  if (line.length < MIN_LENGTH * box.width) return [region];
  const thickness = line.map((foot) => foot.thickness).sort((a, b) => a - b)[line.length >> 1];
  for (const foot of line) {
    // Where a stroke stands on the line, only the line goes.
    const depth = foot.thickness <= thickness + 2 ? foot.thickness : thickness;
    for (let y = 0; y < depth; y++) mask[(foot.bottom - y) * width + foot.x] = 0;
  }
  const left = regions(mask, width);
  const high = left.filter((part) => part.box.height >= MIN_LEFT * box.height);
  return high.length > 0 ? left.filter((part) => part.box.top + part.box.height > box.top) : [region];
}

function feet({box}: Region, mask: Uint8Array, width: number): Foot[] {
  return Array.from({length: box.width}, (_, i) => {
    const x = box.left + i;
    let bottom = box.top + box.height - 1;
    while (bottom > box.top && mask[bottom * width + x] === 0) bottom--;
    let top = bottom;
    while (top >= box.top && mask[top * width + x] === 1) top--;
    return {x, bottom, thickness: bottom - top};
  });
}

/** The columns whose lowest strokes lie along one straight line. */
function lineOf(all: Foot[], height: number): Foot[] {
  const reach = Math.max(1.5, 0.03 * height);
  let best: Foot[] = [];
  for (let tilt = -MAX_TILT; tilt <= MAX_TILT; tilt += TILT_STEP) {
    for (let place = 0; place < all.length; place += 4) {
      const level = all[place].bottom - tilt * all[place].x;
      const on = all.filter(({x, bottom}) => Math.abs(bottom - tilt * x - level) <= reach);
      if (on.length > best.length) best = on;
    }
  }
  const thin = best.filter(({thickness}) => thickness <= MAX_THICKNESS * height);
  return thin.length >= 0.4 * best.length ? best : [];
}
