/** Writes PNG files of any kind, sound and unsound: libraries write sound ones. */
import {crc32, deflateSync} from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
export const COLOR = {grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6};
const CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4};

export function chunk(type, data = Buffer.alloc(0)) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
}

export function header(width, height, depth = 8, color = COLOR.grey) {
  return chunk('IHDR', Buffer.concat([uint32(width), uint32(height), Buffer.from([depth, color, 0, 0, 0])]));
}

export function file(...chunks) {
  return Buffer.concat([SIGNATURE, ...chunks, chunk('IEND')]);
}

/**
 * @param {ArrayLike<number>} values of each pixel's channels, row by row, of so many bits
 * @param {Buffer[]} [extra] chunks before the pixels
 */
export function png(values, {width = 28, height = 28, depth = 8, color = COLOR.grey, extra = []} = {}) {
  return file(header(width, height, depth, color), ...extra, pixels(values, width * CHANNELS[color], depth));
}

function pixels(values, rowLength, depth) {
  const rowBytes = 1 + Math.ceil((rowLength * depth) / 8);
  const raw = Buffer.alloc((values.length / rowLength) * rowBytes);
  for (let i = 0; i < values.length; i++) {
    const row = Math.floor(i / rowLength) * rowBytes + 1;
    const bit = (i % rowLength) * depth;
    if (depth === 16) raw.writeUInt16BE(values[i], row + bit / 8);
    else raw[row + (bit >> 3)] |= values[i] << (8 - depth - (bit & 7));
  }
  return chunk('IDAT', deflateSync(raw));
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
