import {inflateSync} from 'node:zlib';

const SIGNATURE_BYTES = 8;
/** Of a chunk: its length, its name, its checksum. */
const CHUNK_BYTES = 12;
/** Of the header, after the signature, a length and a name: width, height, depth, colour, compression, filter. */
const INTERLACE_AT = 28;
/** Four channels of 16 bits, and what each line of seven passes has more. */
const MAX_BYTES_A_PIXEL = 16;

/** A PNG file (W3C: PNG, third edition) taken apart as far as its pixels are not concerned. */
export interface PngFile {
  /** Signature to IEND, without what is behind. */
  bytes: Uint8Array;
  /** EXIF's orientation, 1 to 8, of an eXIf chunk. */
  orientation?: number;
}

/**
 * Takes a PNG file apart. Bytes behind IEND, as screenshots that were cropped have them, are left out.
 *
 * @throws Error where it ends before IEND, or unpacks to more than its pixels.
 */
export function pngFile(file: Uint8Array, pixels: number): PngFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const packed: Uint8Array[] = [];
  let orientation: number | undefined;
  let at = SIGNATURE_BYTES;
  for (;;) {
    if (at + CHUNK_BYTES > file.length) throw new Error('it ends before its IEND chunk');
    const length = view.getUint32(at);
    const name = Buffer.from(file.subarray(at + 4, at + 8)).toString('latin1');
    const data = file.subarray(at + 8, at + 8 + length);
    at += CHUNK_BYTES + length;
    if (at > file.length) throw new Error(`it ends in its ${name} chunk`);
    if (name === 'IDAT') packed.push(data);
    if (name === 'eXIf') orientation = exifOrientation(data);
    if (name === 'IEND') break;
  }
  // pngjs bounds what it unpacks, but not of interlaced files.
  if (file[INTERLACE_AT] === 1) {
    inflateSync(Buffer.concat(packed), {maxOutputLength: MAX_BYTES_A_PIXEL * pixels + 1024});
  }
  return {bytes: file.subarray(0, at), orientation};
}

/** The orientation in an EXIF block: a TIFF header and its first directory. Undefined where it tells none. */
function exifOrientation(exif: Uint8Array): number | undefined {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  try {
    const littleEndian = view.getUint16(0) === 0x4949;
    const directory = view.getUint32(4, littleEndian);
    for (let entry = 0; entry < view.getUint16(directory, littleEndian); entry++) {
      const at = directory + 2 + 12 * entry;
      if (view.getUint16(at, littleEndian) !== 0x0112) continue;
      const value = view.getUint16(at + 8, littleEndian);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  } catch {
    // A damaged block tells nothing; the picture is read all the same.
  }
  return undefined;
}
