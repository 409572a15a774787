import {areaAverage, type Box, type Raster} from './raster';

const SIDE = 28;
/** The digits of MNIST fit this box. */
const BOX = 20;

/**
 * A digit as the data set was made (Y. LeCun, C. Cortes, C. J. C. Burges: The MNIST database of handwritten digits): scaled
 * to a box of 20x20, its aspect kept, with antialiasing, and put into 28x28 so that its centre of mass is in the middle.
 *
 * @param coverage one channel, 0 paper to 1 ink.
 * @param box what of it is the digit.
 * @returns [784], 0 background to 255 ink.
 */
export function placeDigit({coverage, box}: {coverage: Raster; box: Box}): Uint8Array {
  const scale = BOX / Math.max(box.width, box.height);
  const [width, height] = [box.width, box.height].map((side) => Math.max(1, Math.round(side * scale)));
  const {data} = areaAverage(coverage, box, width, height);
  // Strokes thinner than a pixel of the box would be grey all along.
  const most = data.reduce((highest, value) => Math.max(highest, value), 0);
  const digit = data.map((value) => Math.max(0, value) / most);
  const left = offset(digit, width, (i) => i % width);
  const top = offset(digit, height, (i) => Math.floor(i / width));
  const pixels = new Uint8Array(SIDE * SIDE);
  digit.forEach((value, i) => {
    pixels[(top + Math.floor(i / width)) * SIDE + left + (i % width)] = Math.round(255 * value);
  });
  return pixels;
}

/**
 * Where a side of the box begins, so that the centre of mass, of the pixels' numbers, is 14, as it is in all of MNIST's
 * images; never cut off.
 */
function offset(digit: Float32Array, length: number, positionOf: (index: number) => number): number {
  let mass = 0;
  let moment = 0;
  digit.forEach((value, i) => {
    mass += value;
    moment += value * positionOf(i);
  });
  return Math.min(SIDE - length, Math.max(0, Math.round(SIDE / 2 - moment / mass)));
}
