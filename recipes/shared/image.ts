import {type DecodedImage, decodeImage} from '../image/decode';
import {findInk, type Ink} from '../image/ink';
import {areaAverage, type Raster, upright} from '../image/raster';

const SIDE = 28;
/** The digits of MNIST fit this box. */
const BOX = 20;
/** A digit's pixels are few: working on more costs time and gains nothing. */
const WORKING_SIDE = 320;

/**
 * A digit out of a PNG or JPEG file as MNIST has it: 784 pixels, 0 background to 255 ink.
 *
 * One digit is expected, in any colour on a paper of any other, which the border of the image shows. As the data set was
 * made (Y. LeCun, C. Cortes, C. J. C. Burges: The MNIST database of handwritten digits), it is scaled to a box of 20x20,
 * its aspect kept, with antialiasing, and put into 28x28 so that its centre of mass is in the middle. An image that is
 * like that already (28x28, grey, light on a black border) is taken as it is.
 *
 * @throws RunError where the bytes are not a PNG or JPEG image, are damaged or truncated, have more than 50 megapixels, or
 *   show nothing.
 */
export async function readDigit(bytes: Uint8Array): Promise<Uint8Array> {
  const image = decodeImage(bytes);
  return asItIs(image) ?? normalised(findInk(upright(workingCopy(image), image.orientation)));
}

/** The pixels of an image that is in MNIST's form. */
function asItIs({rgba, width, height}: DecodedImage): Uint8Array | undefined {
  if (width !== SIDE || height !== SIDE) return undefined;
  const pixels = Uint8Array.from({length: SIDE * SIDE}, (_, i) => rgba[4 * i]);
  const grey = pixels.every((value, i) => rgba[4 * i + 1] === value && rgba[4 * i + 2] === value);
  const opaque = pixels.every((_, i) => rgba[4 * i + 3] === 255);
  const border = pixels.filter((_, i) => isEdge(i % SIDE) || isEdge(Math.floor(i / SIDE)));
  // A stroke may reach the edge: it does in a few of MNIST's own images.
  const black = border.filter((value) => value <= 32).length >= 0.8 * border.length;
  return grey && opaque && black && pixels.some((value) => value >= 128) ? pixels : undefined;
}

function isEdge(position: number): boolean {
  return position === 0 || position === SIDE - 1;
}

/** Red, green and blue, small enough to work on; what is transparent becomes paper. */
function workingCopy({rgba, width, height}: DecodedImage): Raster {
  const paper = paperBehind(rgba);
  const scale = Math.min(1, WORKING_SIDE / Math.max(width, height));
  const [newWidth, newHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const opaque = paper === undefined ? rgba : onPaper(rgba, paper);
  const all = {left: 0, top: 0, width, height};
  const four = areaAverage({data: opaque, width, height, channels: 4}, all, newWidth, newHeight);
  return {...four, channels: 3, data: four.data.filter((_, i) => i % 4 !== 3)};
}

/** White behind dark writing, black behind light writing; nothing where no pixel is transparent. */
function paperBehind(rgba: Uint8Array): number | undefined {
  let light = 0;
  let opacity = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    light += rgba[i + 3] * (rgba[i] + rgba[i + 1] + rgba[i + 2]);
    opacity += rgba[i + 3];
  }
  if (opacity === 255 * (rgba.length / 4)) return undefined;
  return light / Math.max(1, 3 * opacity) < 128 ? 255 : 0;
}

function onPaper(rgba: Uint8Array, paper: number): Uint8Array {
  return rgba.map((value, i) => {
    const opacity = rgba[i | 3] / 255;
    return Math.round(value * opacity + paper * (1 - opacity));
  });
}

function normalised({coverage, box}: Ink): Uint8Array {
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
