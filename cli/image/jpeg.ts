import mozjpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import jpeg from 'jpeg-js';
import {asset} from '../assets';
import {RunError} from '../errors';

interface Pixels {
  /** [height, width, 4]: red, green, blue, opacity. */
  rgba: Uint8Array;
  width: number;
  height: number;
}

/** libjpeg's, of what is lost. Others are of bytes between the parts, or of what applications note about colours. */
const DAMAGE = /^(Corrupt JPEG data: (?!\d+ extraneous)|Premature end)/;
/** libjpeg makes no red, green and blue of CMYK. */
const IS_CMYK = /^Unsupported color conversion/;
/** Pixels in millions: jpeg-js takes a quarter of a second and 35 MB for each. */
const CMYK_MEGAPIXELS = 25;
/** Of jpeg-js, for its megapixels: their coefficients, components and RGBA together. */
const CMYK_MEGABYTES = 900;

let decoder: Promise<Uint8Array<ArrayBuffer>> | undefined;

/**
 * Decodes a JPEG by mozjpeg (WebAssembly), a file of the package; one of inks (CMYK) by jpeg-js.
 *
 * @throws RunError where the package's file cannot be read, or a CMYK image has more than 25 megapixels; Error where the image
 *   is damaged or ends too early.
 */
export async function decodeJpeg(bytes: Uint8Array, pixels: number): Promise<Pixels> {
  decoder ??= asset('mozjpeg.wasm');
  const wasmBinary = await decoder.catch((error: unknown) => {
    decoder = undefined;
    throw new RunError(`JPEG images cannot be decoded: ${(error as Error).message}`);
  });
  const messages: string[] = [];
  // A new instance for each: what is fatal to libjpeg ends the program that it is, and its memory never shrinks.
  const {decode} = await mozjpeg({wasmBinary, noInitialRun: true, printErr: (text) => messages.push(text)});
  let image: ReturnType<typeof decode> = null;
  try {
    image = decode(bytes, false);
  } catch (error) {
    if (messages.some((message) => IS_CMYK.test(message))) return decodeCmyk(bytes, pixels);
    throw messages.length > 0 ? new Error(messages.join('; ')) : error;
  }
  const damage = messages.find((message) => DAMAGE.test(message));
  // What is missing would be grey.
  if (image === null || damage !== undefined) throw new Error(damage ?? 'it cannot be decoded');
  const {data, width, height} = image;
  return {rgba: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height};
}

function decodeCmyk(bytes: Uint8Array, pixels: number): Pixels {
  if (pixels > CMYK_MEGAPIXELS * 1e6) {
    const what = `the image is CMYK and has ${Math.round(pixels / 1e6)} megapixels`;
    throw new RunError(
      `${what}, more than the ${CMYK_MEGAPIXELS} of a CMYK JPEG that are read; save it as RGB, or make it smaller`,
    );
  }
  const {data, width, height} = jpeg.decode(bytes, {
    useTArray: true,
    tolerantDecoding: false,
    maxResolutionInMP: CMYK_MEGAPIXELS,
    maxMemoryUsageInMB: CMYK_MEGABYTES,
  });
  return {rgba: data, width, height};
}
