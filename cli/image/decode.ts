import {imageSize} from 'image-size';
import jpeg from 'jpeg-js';
import {PNG} from 'pngjs';
import {messageOf} from '../../common/errors';
import {count} from '../../common/format';
import {RunError} from '../errors';

/** What a file holds, before its orientation is applied. */
export interface DecodedImage {
  /** [height, width, 4]: red, green, blue, opacity. */
  rgba: Uint8Array;
  width: number;
  height: number;
  /** EXIF's: 1 to 8, 1 upright. */
  orientation: number;
}

const MEGAPIXELS = 50;
/** Of jpeg-js, for that many pixels: their coefficients, components and RGBA together. */
const JPEG_MEGABYTES = 1500;
const FORMATS: Record<string, (bytes: Uint8Array) => {data: Uint8Array; width: number; height: number}> = {
  png: (bytes) => PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
  jpg: (bytes) =>
    jpeg.decode(bytes, {
      useTArray: true,
      // A file that ends too early would be an image that is grey from there on.
      tolerantDecoding: false,
      maxResolutionInMP: MEGAPIXELS,
      maxMemoryUsageInMB: JPEG_MEGABYTES,
    }),
};

/**
 * Decodes a PNG or JPEG file: any colour type, bit depth and interlacing.
 *
 * @throws RunError where it is neither, is larger than 50 megapixels (which its header tells), damaged or truncated.
 */
export function decodeImage(bytes: Uint8Array): DecodedImage {
  const {type, width, height, orientation = 1} = header(bytes);
  const format = FORMATS[type];
  if (format === undefined) throw new RunError(`it is a ${type.toUpperCase()} image; expected PNG or JPEG`);
  if (width * height > MEGAPIXELS * 1e6) {
    const size = `${count(width)} x ${count(height)} pixels`;
    throw new RunError(`the image has ${size}, more than the ${MEGAPIXELS} megapixels that are read; make it smaller`);
  }
  try {
    const {data, ...size} = format(bytes);
    return {rgba: data, width: size.width, height: size.height, orientation};
  } catch (error) {
    throw damaged(type, error);
  }
}

function header(bytes: Uint8Array): {type: string; width: number; height: number; orientation?: number} {
  try {
    const {type, width, height, orientation} = imageSize(bytes);
    if (type !== undefined && width > 0 && height > 0) return {type, width, height, orientation};
  } catch (error) {
    if (isPng(bytes)) throw damaged('png', error);
    if (isJpeg(bytes)) throw damaged('jpg', error);
  }
  throw new RunError(`it is no image that can be read (${count(bytes.length)} bytes); expected PNG or JPEG`);
}

function damaged(type: string, error: unknown): RunError {
  const name = type === 'jpg' ? 'JPEG' : 'PNG';
  return new RunError(`the ${name} image is damaged or truncated: ${messageOf(error)}`);
}

function isPng([a, b, c, d]: Uint8Array): boolean {
  return a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47;
}

function isJpeg([a, b, c]: Uint8Array): boolean {
  return a === 0xff && b === 0xd8 && c === 0xff;
}
