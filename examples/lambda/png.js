/** Reads PNGs of 28 x 28 pixels from people who are not trusted. */
import {convertIndexedToRgb, decode, hasPngSignature} from 'fast-png';

const SIDE = 28;
const SIGNATURE_BYTES = 8;
/** Of each chunk: its length, its type and its checksum. */
const FRAME_BYTES = 12;
const HEADER_BYTES = 13;
/**
 * Uncompressed, an image of this size has at most 6,326 bytes: 16 bits, four channels, interlaced. A compressor that
 * makes more of them does harm. 8 kB inflate to at most 8.5 MB.
 */
const MAX_DATA_BYTES = 8192;
/** The others are text, times and profiles; what is inflated of those would have no limit. */
const DECODED_CHUNKS = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

export function isPng(bytes) {
  return bytes.length >= SIGNATURE_BYTES && hasPngSignature(bytes);
}

/**
 * @param {Uint8Array} bytes
 * @returns {Float32Array} 784 pixels from 0, black, to 1, white; what is transparent is black
 * @throws {Error} whose message says what is wrong with the file
 */
export function readPng(bytes) {
  const checked = withoutRest(bytes);
  let image;
  try {
    image = withWholeBytes(decode(checked, {checkCrc: true}));
  } catch {
    throw new Error('the PNG is damaged');
  }
  const {data, channels, depth} = image;
  const most = 2 ** depth - 1;
  const opaque = channels % 2 === 1;
  return Float32Array.from({length: SIDE * SIDE}, (_, pixel) => {
    const at = pixel * channels;
    const light = channels < 3 ? data[at] : 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
    return (light / most) * (opaque ? 1 : data[at + channels - 1] / most);
  });
}

/** The file with the chunks alone that are decoded, after a look at what they would cost. */
function withoutRest(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [...bytes.subarray(0, SIGNATURE_BYTES)];
  let headers = 0;
  let dataBytes = 0;
  let type = '';
  for (let at = SIGNATURE_BYTES, size; type !== 'IEND'; at += size) {
    if (at + FRAME_BYTES > bytes.length) throw new Error('the PNG is truncated');
    size = FRAME_BYTES + view.getUint32(at);
    if (at + size > bytes.length) throw new Error('the PNG is truncated');
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'IHDR' && size >= FRAME_BYTES + HEADER_BYTES) {
      headers++;
      assertSize(view.getUint32(at + 8), view.getUint32(at + 12));
    }
    if (type === 'IDAT') dataBytes += size - FRAME_BYTES;
    if (DECODED_CHUNKS.includes(type)) kept.push(...bytes.subarray(at, at + size));
  }
  if (headers !== 1) throw new Error(`the PNG has ${headers} headers`);
  if (dataBytes > MAX_DATA_BYTES) throw new Error(`the PNG has ${dataBytes} bytes of pixels; expected a 28 x 28 image`);
  return Uint8Array.from(kept);
}

function assertSize(width, height) {
  if (width !== SIDE || height !== SIDE)
    throw new Error(`the image has ${width} x ${height} pixels; expected ${SIDE} x ${SIDE}`);
}

/** Each value of the image in an element of its own, with colours in place of a palette's indices. */
function withWholeBytes(image) {
  const {palette, depth} = image;
  if (!palette && depth >= 8) return image;
  const colors = palette ?? greys(depth);
  return {data: convertIndexedToRgb({...image, palette: colors}), channels: colors[0].length, depth: 8};
}

/** Less than 8 bits of grey are indices of these. */
function greys(depth) {
  const most = 2 ** depth - 1;
  return Array.from({length: most + 1}, (_, value) => [(255 / most) * value]);
}
