import {placeDigit} from '../../common/image/place';
import {areaAverage, type Raster, upright} from '../../common/image/raster';
import {type DecodedImage, decodeImage} from './decode';
import {findInk} from './ink';

const SIDE = 28;
/** A digit's pixels are few: working on more costs time and gains nothing. */
const WORKING_SIDE = 320;

/**
 * A digit out of a PNG or JPEG file as MNIST has it: 784 pixels, 0 background to 255 ink.
 *
 * One digit is expected, in any colour on a paper of any other, which the border of the image shows. An image that is like
 * MNIST's already (28x28, grey, light on a black border) is taken as it is.
 *
 * @throws RunError where the bytes are not a PNG or JPEG image, are damaged or truncated, have more than 50 megapixels, or
 *   show nothing.
 */
export async function readDigit(bytes: Uint8Array): Promise<Uint8Array> {
  const image = decodeImage(bytes);
  return asItIs(image) ?? placeDigit(findInk(upright(workingCopy(image), image.orientation)));
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
