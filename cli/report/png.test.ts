import {inflateSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {encodeGreyscalePng} from './png';

describe('encodeGreyscalePng', () => {
  it('holds the pixels that it was given', () => {
    const pixels = Uint8Array.from({length: 28 * 20}, (_, i) => (i * 37) % 256);
    const chunks = readPng(encodeGreyscalePng(pixels, 28, 20));
    expect(chunks.map(({type}) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
    const header = chunks[0].data;
    expect([header.readUInt32BE(0), header.readUInt32BE(4), ...header.subarray(8)]).toEqual([28, 20, 8, 0, 0, 0, 0]);
    const rows = inflateSync(chunks[1].data);
    expect(rows.length).toBe(20 * 29);
    for (let y = 0; y < 20; y++) {
      expect(rows[y * 29]).toBe(0);
      expect([...rows.subarray(y * 29 + 1, (y + 1) * 29)]).toEqual([...pixels.subarray(y * 28, (y + 1) * 28)]);
    }
    // The checksum of the empty end chunk stands at the end of every PNG file.
    expect(chunks[2].crc).toBe(0xae426082);
  });

  it('refuses a size that does not fit', () => {
    expect(() => encodeGreyscalePng(new Uint8Array(10), 28, 28)).toThrow(/28 x 28 pixels, got 10/);
  });
});

function readPng(png: Buffer): {type: string; data: Buffer; crc: number}[] {
  expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.push({type, data, crc: png.readUInt32BE(at + 8 + length)});
    at += 12 + length;
  }
  return chunks;
}
