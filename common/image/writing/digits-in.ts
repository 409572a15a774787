import {opaque} from '../opaque';
import {placeDigit} from '../place';
import {areaAverage, type Box, type Raster, raster, upright} from '../raster';
import type {Writing} from './attempt';
import {canonicalPixels} from './canonical';
import {cutOut} from './cut-out';
import {smoothlyEnlarged} from './enlarge';
import {findWriting} from './find-writing';
import {NoDigitError} from './no-digit';
import type {DecodedImage} from './picture';

/** Below, a pixel is a tenth of a digit: edges are found between pixels, on an enlarged copy. */
const SMALL_SIDE = 160;
/** Strokes of a number across a page still have some pixels; more cost time and gain nothing. */
const WORKING_SIDE = 640;
/** The longest side that is worked on, for small digits on a large picture. */
const MAX_WORKING_SIDE = 2048;
/** Pixels of a digit's longer side: with fewer the picture is looked at once more, larger. */
const MIN_SIZE = 40;
/** Width to height: five of MNIST's 10,000 test images are wider. */
const MAX_ASPECT = 1.35;

const TOO_WIDE = 'too wide for one digit: perhaps several that touch, which are read as one';

/** A digit that was found in a picture. */
export interface FoundDigit {
  /** [784] as MNIST has it: 0 background to 255 ink. */
  pixels: Uint8Array;
  /** From 1, from above. */
  row: number;
  /** From 1, from the left of its row. */
  column: number;
  /** Where it is in the picture as it is seen (turned as EXIF says), in the picture's pixels. */
  box: Box;
  /** Why it may be read wrongly. */
  remark?: string;
}

/**
 * The digits in a picture, row by row, from left to right; at least one.
 *
 * Ink and paper may have any colour; frames, ruled paper, shadows and what is transparent are told from them. A picture
 * that is an MNIST image already (28x28, grey, light on black, scaled and centred as MNIST's are) is taken as it is.
 *
 * @throws NoDigitError where it shows none.
 */
export function digitsIn(image: DecodedImage): FoundDigit[] {
  const pixels = canonicalPixels(image);
  if (pixels !== undefined) {
    return [{pixels, row: 1, column: 1, box: {left: 0, top: 0, width: image.width, height: image.height}}];
  }
  const writing = writingOn(image);
  const scale = (image.orientation < 5 ? image.width : image.height) / writing.width;
  return writing.rows.flatMap((digits, row) =>
    digits.map((digit, column) => ({
      pixels: placeDigit(cutOut(writing, digit)),
      row: row + 1,
      column: column + 1,
      box: scaled(digit.box, scale),
      ...(digit.box.width > MAX_ASPECT * digit.box.height && {remark: TOO_WIDE}),
    })),
  );
}

/** Where the digits are small, and where none is found, on a larger copy than at first. */
function writingOn(image: DecodedImage): Writing {
  const longest = Math.max(image.width, image.height);
  const first = attempt(image, WORKING_SIDE);
  const size = first instanceof NoDigitError ? 0 : sizeIn(first) * (WORKING_SIDE / longest);
  const isLarge = longest > WORKING_SIDE;
  const enough = Math.min(longest, MAX_WORKING_SIDE);
  if (!isLarge || size >= MIN_SIZE) return orThrow(first);
  const found = size * (longest / WORKING_SIDE);
  const side = found === 0 ? enough : Math.min(enough, Math.ceil((longest * MIN_SIZE * 1.2) / found));
  const second = attempt(image, side);
  return second instanceof NoDigitError ? orThrow(first) : second;

  /** In the image's pixels: the median of the digits' longer sides. */
  function sizeIn({rows, width}: Writing): number {
    const sides = rows.flat().map(({box}) => Math.max(box.width, box.height));
    const scale = (image.orientation < 5 ? image.width : image.height) / width;
    return scale * sides.sort((a, b) => a - b)[sides.length >> 1];
  }
}

function attempt(image: DecodedImage, side: number): Writing | NoDigitError {
  const picture = upright(enlarged(workingCopy(image, side)), image.orientation);
  try {
    return findWriting(picture);
  } catch (error) {
    if (error instanceof NoDigitError) return error;
    throw error;
  }
}

function orThrow(writing: Writing | NoDigitError): Writing {
  if (writing instanceof NoDigitError) throw writing;
  return writing;
}

function scaled({left, top, width, height}: Box, scale: number): Box {
  const [x, y] = [left, top].map((value) => Math.floor(value * scale));
  const [right, bottom] = [left + width, top + height].map((value) => Math.ceil(value * scale));
  return {left: x, top: y, width: right - x, height: bottom - y};
}

/** Red, green and blue, small enough to work on; what is transparent becomes paper. */
function workingCopy({rgba, width, height}: DecodedImage, side: number): Raster {
  const scale = Math.min(1, side / Math.max(width, height));
  const [newWidth, newHeight] = [width, height].map((length) => Math.max(1, Math.round(length * scale)));
  const all = {left: 0, top: 0, width, height};
  const four = areaAverage({data: opaque(rgba), width, height, channels: 4}, all, newWidth, newHeight);
  const colours = raster(newWidth, newHeight, 3);
  for (let i = 0; i < newWidth * newHeight; i++) {
    for (let c = 0; c < 3; c++) colours.data[3 * i + c] = four.data[4 * i + c];
  }
  return colours;
}

function enlarged(picture: Raster): Raster {
  const factor = Math.ceil(SMALL_SIDE / Math.max(picture.width, picture.height));
  return factor > 1 ? smoothlyEnlarged(picture, factor) : picture;
}
