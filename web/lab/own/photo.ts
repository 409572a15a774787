import {digitsIn} from '../../../common/image/writing/digits-in';
import {NoDigitError} from '../../../common/image/writing/no-digit';
import type {DecodedImage} from '../../../common/image/writing/picture';
import {texts} from '../../texts';

/** Of a side: beyond, a photo has no more to tell, and takes long. */
const MOST_SIDE = 2048;
const MOST_BYTES = 60e6;
/** Digits of one photo that can be looked through. */
const MOST_DIGITS = 120;

/** A digit that was found in a photo. */
export interface PhotoDigit {
  /** [784], 0 background to 255 ink. */
  pixels: Uint8Array;
  /** It is so wide that it may be several. */
  isWide: boolean;
}

/**
 * The digits in a photo, row by row, from left to right.
 * @throws Error that says to people what was wrong with it.
 */
export async function digitsOfPhoto(photo: Blob): Promise<PhotoDigit[]> {
  if (photo.size > MOST_BYTES) throw new Error(texts.own.photoTooLarge(MOST_BYTES));
  const image = await decoded(photo);
  try {
    const found = digitsIn(image);
    return found.slice(0, MOST_DIGITS).map(({pixels, remark}) => ({pixels, isWide: remark !== undefined}));
  } catch (error) {
    if (!(error instanceof NoDigitError)) throw error;
    throw new Error(texts.own.noDigit, {cause: error});
  }
}

/** By the browser, which turns it upright; smaller where it is very large. */
async function decoded(photo: Blob): Promise<DecodedImage> {
  try {
    const bitmap = await createImageBitmap(photo);
    const scale = Math.min(1, MOST_SIDE / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
    const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    const {data} = context.getImageData(0, 0, width, height);
    return {rgba: new Uint8Array(data.buffer), width, height, orientation: 1};
  } catch (error) {
    throw new Error(texts.own.noPicture, {cause: error});
  }
}
