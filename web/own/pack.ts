/** Digits in few bytes: of each its label, the box of its ink, and in that two bits a pixel. */
import {INK, type LabelledDigit, PIXELS, SIDE, STEPS, stepOf} from './digits';

const PER_BYTE = 4;

export function packDigits(digits: readonly LabelledDigit[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(digits.flatMap(packDigit));
}

function packDigit({pixels, label}: LabelledDigit): number[] {
  const levels = Array.from(pixels, stepOf);
  const inked = levels.flatMap((level, i) => (level > 0 ? [i] : []));
  const columns = inked.map((i) => i % SIDE);
  const rows = inked.map((i) => Math.floor(i / SIDE));
  const [left, top] = [Math.min(SIDE - 1, ...columns), Math.min(SIDE - 1, ...rows)];
  const width = Math.max(left, ...columns) - left + 1;
  const height = Math.max(top, ...rows) - top + 1;
  const packed: number[] = new Array(bytesOf(width, height)).fill(0);
  for (let i = 0; i < width * height; i++) {
    const level = levels[placeOf(i, left, top, width)];
    packed[Math.floor(i / PER_BYTE)] |= level << (2 * (i % PER_BYTE));
  }
  return [label, left, top, width, height, ...packed];
}

/** The digits; undefined where the bytes are none. */
export function unpackDigits(bytes: Uint8Array): LabelledDigit[] | undefined {
  const digits: LabelledDigit[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [label, left, top, width, height] = bytes.subarray(at, at + 5);
    at += 5;
    const isBox = width > 0 && height > 0 && left + width <= SIDE && top + height <= SIDE;
    if (!(label <= 9 && isBox) || at + bytesOf(width, height) > bytes.length) return undefined;
    const pixels = new Uint8Array(PIXELS);
    for (let i = 0; i < width * height; i++) {
      const level = (bytes[at + Math.floor(i / PER_BYTE)] >> (2 * (i % PER_BYTE))) & STEPS;
      pixels[placeOf(i, left, top, width)] = (INK * level) / STEPS;
    }
    at += bytesOf(width, height);
    digits.push({pixels, label});
  }
  return digits;
}

function placeOf(i: number, left: number, top: number, width: number): number {
  return (top + Math.floor(i / width)) * SIDE + left + (i % width);
}

function bytesOf(width: number, height: number): number {
  return Math.ceil((width * height) / PER_BYTE);
}
