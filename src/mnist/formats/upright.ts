import {drawDigits} from '../digits/draw.js';
import type {MnistSplit} from '../types.js';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** Images that are looked at. */
const SAMPLE = 2000;
const DRAWN = 500;
/** By how much digits that are turned must be more alike to drawn ones than as they are. MNIST's own are less so, by 0.2. */
const CLEAR = 0.1;

/** Images as MNIST has them, and what was done to make them so. */
export interface Upright {
  splits: MnistSplit[];
  /** For people; empty where they were so. */
  notes: string[];
}

/**
 * Turns what is dark on white to bright on black, and what is transposed, as EMNIST's images are, upright. Both are seen by
 * the images: by their borders, and by whether each digit's mean is more like that of drawn digits as it is or transposed.
 */
export function makeUpright(splits: MnistSplit[]): Upright {
  const notes: string[] = [];
  let images = splits;
  if (isOnWhite(images)) {
    images = images.map((split) => ({...split, images: split.images.map((pixel) => 255 - pixel)}));
    notes.push('inverted to bright on black');
  }
  if (isTransposed(images)) {
    images = images.map((split) => ({...split, images: transpose(split.images)}));
    notes.push('transposed upright, as EMNIST has them lying');
  }
  return {splits: images, notes};
}

/** Whether most of what is at the borders is bright. */
function isOnWhite(splits: MnistSplit[]): boolean {
  let bright = 0;
  let count = 0;
  for (const {images, size} of splits) {
    for (let n = 0; n < Math.min(size, SAMPLE); n++) {
      const at = n * PIXELS;
      for (let i = 0; i < SIDE; i++) {
        const border = [i, PIXELS - 1 - i, i * SIDE, i * SIDE + SIDE - 1];
        bright += border.filter((position) => images[at + position] >= 192).length;
        count += border.length;
      }
    }
  }
  return bright > 0.75 * count;
}

function isTransposed(splits: MnistSplit[]): boolean {
  const drawn = digitMeans([drawDigits({count: DRAWN})]);
  const lying = drawn.map((mean) => mean && transpose(mean));
  const given = digitMeans(splits);
  return likeness(given, lying) - likeness(given, drawn) > CLEAR;
}

/** The mean image of each digit; undefined of one that is not there. */
function digitMeans(splits: MnistSplit[]): (Float64Array | undefined)[] {
  const sums = Array.from({length: 10}, () => new Float64Array(PIXELS));
  const counts = new Array<number>(10).fill(0);
  for (const {images, labels, size} of splits) {
    // From all of the split, which may be sorted.
    const step = Math.max(1, Math.floor(size / SAMPLE));
    for (let n = 0; n < size; n += step) {
      const sum = sums[labels[n]];
      counts[labels[n]]++;
      for (let i = 0; i < PIXELS; i++) sum[i] += images[n * PIXELS + i];
    }
  }
  return sums.map((sum, digit) => (counts[digit] > 0 ? sum.map((value) => value / counts[digit]) : undefined));
}

/** The mean correlation of the digits that both have. */
function likeness(a: (Float64Array | undefined)[], b: (Float64Array | undefined)[]): number {
  const values = a.flatMap((mean, digit) => {
    const other = b[digit];
    return mean && other ? [correlation(mean, other)] : [];
  });
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [a, b].map((values) => values.reduce((sum, value) => sum + value, 0) / PIXELS);
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < PIXELS; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

function transpose<T extends Uint8Array | Float64Array>(pixels: T): T {
  const result = pixels.slice() as T;
  for (let start = 0; start < pixels.length; start += PIXELS) {
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) result[start + y * SIDE + x] = pixels[start + x * SIDE + y];
    }
  }
  return result;
}
