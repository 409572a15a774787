import {imageSize} from 'image-size';
import {PNG} from 'pngjs';
import {messageOf} from '../../common/errors';
import {count} from '../../common/format';
import type {DecodedImage} from '../../common/image/writing/picture';
import {pngFile} from '../../common/node/png-file';
import {RunError} from '../errors';
import {decodeJpeg} from './jpeg';

type Decoded = Omit<DecodedImage, 'orientation'> & {orientation?: number};

interface Format {
  name: string;
  /** Pixels in millions: more take too long and too much memory. */
  megapixels: number;
  decode(bytes: Uint8Array, pixels: number): Decoded | Promise<Decoded>;
}

const FORMATS: Record<string, Format> = {
  png: {
    name: 'PNG',
    megapixels: 50,
    decode(file, pixels) {
      const {bytes, orientation} = pngFile(file, pixels);
      const {data, width, height} = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      return {rgba: data, width, height, orientation};
    },
  },
  jpg: {name: 'JPEG', megapixels: 108, decode: decodeJpeg},
};
const READ = Object.values(FORMATS).map(({name}) => name);

/**
 * Decodes a PNG or JPEG file: any colour type, bit depth and interlacing.
 *
 * @throws RunError where it is neither, has more pixels than are read (which its header tells), is damaged or truncated.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  const {type, width, height, orientation = 1} = header(bytes);
  const format = FORMATS[type];
  if (format === undefined) {
    const what = `it is a ${type.toUpperCase()} image; expected ${READ.join(' or ')}`;
    throw new RunError(`${what}. Save it as PNG: in an image viewer, or as in: magick picture.${type} picture.png`);
  }
  const {name, megapixels} = format;
  if (width * height > megapixels * 1e6) {
    const size = `${count(width)} x ${count(height)} pixels`;
    const bound = `more than the ${megapixels} megapixels of a ${name} that are read`;
    throw new RunError(`the image has ${size}, ${bound}; make it smaller, or cut out the part with the digits`);
  }
  try {
    const image = await format.decode(bytes, width * height);
    return {...image, orientation: image.orientation ?? orientation};
  } catch (error) {
    throw error instanceof RunError ? error : damaged(name, error);
  }
}

function header(bytes: Uint8Array): {type: string; width: number; height: number; orientation?: number} {
  try {
    const {type, width, height, orientation} = imageSize(bytes);
    if (type !== undefined && width > 0 && height > 0) return {type, width, height, orientation};
  } catch (error) {
    if (isPng(bytes)) throw damaged('PNG', error);
    if (isJpeg(bytes)) throw damaged('JPEG', error);
  }
  throw new RunError(`it is no image that can be read (${count(bytes.length)} bytes); expected ${READ.join(' or ')}`);
}

function damaged(name: string, error: unknown): RunError {
  return new RunError(`the ${name} image is damaged or truncated: ${messageOf(error)}`);
}

function isPng([a, b, c, d]: Uint8Array): boolean {
  return a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47;
}

function isJpeg([a, b, c]: Uint8Array): boolean {
  return a === 0xff && b === 0xd8 && c === 0xff;
}
