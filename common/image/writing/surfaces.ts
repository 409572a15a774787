import {areaAverage, type Raster} from '../raster';
import {mainAxis, withoutStrokes} from './local-paper';
import {regions} from './regions';
import {otsuThreshold} from './threshold';

/** The longer side of the copy that surfaces are found on: they have no detail. */
const SIDE = 160;
/** Of the shorter side: half the width of a window that strokes do not fill where they are on a part of the picture. */
const REACH = 0.06;
/** Steps of 255 between two surfaces: noise and light from a side have less. */
const MIN_STEP = 30;
/** Of the variance, what two values explain: of an even slope it is 0.75. */
const MIN_EXPLAINED = 0.8;
/** Of the picture's area: smaller ones hold no writing. */
const MIN_AREA = 0.06;
/** Of the picture's area: larger ones are surfaces. */
const MAX_HOLE = 0.12;
/** Pixels of the copy: its edge is blurred, and has a shadow. */
const MARGIN = 2;

/**
 * The even surfaces that a picture [height, width, 3] shows, each as a mask [height, width] of 0 and 1: a sheet of paper and
 * the desk that it lies on, or two halves of different colour. None where the whole picture is one surface.
 *
 * Strokes of either colour do not count: what is narrower than a window takes the colour of its surroundings.
 */
export function surfaces(picture: Raster): Uint8Array[] {
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const small = areaAverage(picture, {left: 0, top: 0, width: picture.width, height: picture.height}, width, height);
  const smooth = withoutStrokes(mainAxis(small), width, Math.max(2, Math.round(REACH * Math.min(width, height))));
  const threshold = otsuThreshold(smooth);
  if (!areTwo(smooth, threshold)) return [];
  const parts = [true, false].map((light) => Uint8Array.from(smooth, (value) => Number(value > threshold === light)));
  return parts
    .flatMap((part) => regions(part, width))
    .filter(({pixels}) => pixels.length >= MIN_AREA * width * height)
    .map(({pixels}) => {
      const mask = new Uint8Array(width * height);
      for (const pixel of pixels) mask[pixel] = 1;
      fillHoles(mask, width);
      return enlarged(shrunk(mask, width, MARGIN), width, picture);
    })
    .filter((mask) => mask.includes(1));
}

/** Bold strokes are no hole in the surface that they are on. */
function fillHoles(mask: Uint8Array, width: number): void {
  const height = mask.length / width;
  const outside = mask.map((value) => 1 - value);
  for (const hole of regions(outside, width)) {
    const {left, top, width: across, height: down} = hole.box;
    if (left === 0 || top === 0 || left + across === width || top + down === height) continue;
    if (hole.pixels.length < MAX_HOLE * mask.length) for (const pixel of hole.pixels) mask[pixel] = 1;
  }
}

function areTwo(values: Float32Array, threshold: number): boolean {
  const classes = [values.filter((value) => value > threshold), values.filter((value) => value <= threshold)];
  const mean = (set: Float32Array) => set.reduce((sum, value) => sum + value, 0) / Math.max(1, set.length);
  const [all, high, low] = [mean(values), ...classes.map(mean)];
  if (high - low < MIN_STEP) return false;
  const total = values.reduce((sum, value) => sum + (value - all) ** 2, 0);
  const between = classes[0].length * (high - all) ** 2 + classes[1].length * (low - all) ** 2;
  return between >= MIN_EXPLAINED * total;
}

/** What is at least `margin` from whatever is not in the mask; the picture's edge counts as in it. */
function shrunk(mask: Uint8Array, width: number, margin: number): Uint8Array {
  const height = mask.length / width;
  return mask.map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let row = Math.max(0, y - margin); row <= Math.min(height - 1, y + margin); row++) {
      for (let column = Math.max(0, x - margin); column <= Math.min(width - 1, x + margin); column++) {
        if (mask[row * width + column] === 0) return 0;
      }
    }
    return 1;
  });
}

function enlarged(mask: Uint8Array, from: number, {width, height}: Raster): Uint8Array {
  const rows = mask.length / from;
  const columns = Int32Array.from({length: width}, (_, x) => Math.floor(((x + 0.5) * from) / width));
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = Math.floor(((y + 0.5) * rows) / height) * from;
    for (let x = 0; x < width; x++) result[y * width + x] = mask[start + columns[x]];
  }
  return result;
}
