import {badData, MnistError} from './error.js';
import {checkSides, parseIdx} from './idx.js';
import type {MnistSplit} from './types.js';

const PIXELS = 28 * 28;

/** A file's unzipped bytes, and what to call it in errors. */
export interface NamedBytes {
  file: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Pairs an image file with its label file and checks that they belong together. */
export function readSplit(images: NamedBytes, labels: NamedBytes): MnistSplit {
  const pixels = parseIdx(images.bytes, images.file);
  if (pixels.dims.length !== 3) throw badData(images.file, 3, '3 dimensions (images)', `${pixels.dims.length}`);
  checkSides(pixels.dims, images.file);
  const digits = parseIdx(labels.bytes, labels.file);
  if (digits.dims.length !== 1) throw badData(labels.file, 3, '1 dimension (labels)', `${digits.dims.length}`);
  const [size] = pixels.dims;
  if (digits.dims[0] !== size) {
    throw badData(labels.file, 4, `${size} labels, as many as images in ${images.file}`, `${digits.dims[0]}`);
  }
  const wrong = digits.data.findIndex((label) => label > 9);
  if (wrong >= 0) throw badData(labels.file, 8 + wrong, 'a label from 0 to 9', `${digits.data[wrong]}`);
  return {images: pixels.data, labels: digits.data, size};
}

/**
 * The first `size` samples, as views; undefined means all.
 * @throws MnistError where there are fewer.
 */
export function firstOf(split: MnistSplit, size: number | undefined, option: string): MnistSplit {
  if (size === undefined || size === split.size) return split;
  if (size > split.size)
    throw new MnistError(`${option}: there are only ${split.size} images, ${size} were asked for.`);
  return {images: split.images.subarray(0, size * PIXELS), labels: split.labels.subarray(0, size), size};
}
