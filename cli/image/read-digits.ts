import {placeDigit} from '../../common/image/place';
import {areaAverage, type Box, type Raster, raster, upright} from '../../common/image/raster';
import {canonicalPixels} from './canonical';
import {cutOut} from './cut-out';
import {type DecodedImage, decodeImage} from './decode';
import {smoothlyEnlarged} from './enlarge';
import {findWriting} from './ink';

/** Below, a pixel is a tenth of a digit: edges are found between pixels, on an enlarged copy. */
const SMALL_SIDE = 160;
/** Strokes of a number across a page still have some pixels; more cost time and gain nothing. */
const WORKING_SIDE = 640;

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
}

/**
 * The digits in an image file, row by row, from left to right; at least one.
 *
 * Ink and paper may have any colour; frames, ruled paper, shadows and what is transparent are told from them. A picture
 * that is an MNIST image already (28x28, grey, light on black, scaled and centred as MNIST's are) is taken as it is.
 *
 * @throws RunError where the bytes are no image that can be read, are damaged or truncated, have too many pixels, or show
 *   nothing.
 */
export async function readDigits(bytes: Uint8Array): Promise<FoundDigit[]> {
  const image = decodeImage(bytes);
  const pixels = canonicalPixels(image);
  if (pixels !== undefined) {
    return [{pixels, row: 1, column: 1, box: {left: 0, top: 0, width: image.width, height: image.height}}];
  }
  const picture = upright(enlarged(workingCopy(image)), image.orientation);
  const writing = findWriting(picture);
  const scale = (image.orientation < 5 ? image.width : image.height) / writing.width;
  return writing.rows.flatMap((digits, row) =>
    digits.map((digit, column) => ({
      pixels: placeDigit(cutOut(writing, digit)),
      row: row + 1,
      column: column + 1,
      box: scaled(digit.box, scale),
    })),
  );
}

function scaled({left, top, width, height}: Box, scale: number): Box {
  const [x, y] = [left, top].map((value) => Math.floor(value * scale));
  const [right, bottom] = [left + width, top + height].map((value) => Math.ceil(value * scale));
  return {left: x, top: y, width: right - x, height: bottom - y};
}

/** Red, green and blue, small enough to work on; what is transparent becomes paper. */
function workingCopy({rgba, width, height}: DecodedImage): Raster {
  const paper = paperBehind(rgba);
  const scale = Math.min(1, WORKING_SIDE / Math.max(width, height));
  const [newWidth, newHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const opaque = paper === undefined ? rgba : onPaper(rgba, paper);
  const all = {left: 0, top: 0, width, height};
  const four = areaAverage({data: opaque, width, height, channels: 4}, all, newWidth, newHeight);
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
