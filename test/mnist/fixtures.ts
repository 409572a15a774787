import {createHash} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {expect, onTestFinished} from 'vitest';
import {drawDigits} from '../../src/mnist/digits/draw.js';
import {type DataFile, type DataFiles, MNIST_FILES, PARTS, type Part} from '../../src/mnist/files.js';
import type {MnistData, MnistSplit} from '../../src/mnist/types.js';

/** An IDX file of unsigned bytes; the data's length need not fit, so that broken files can be made. */
export function encodeIdx(dims: number[], data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + 4 * dims.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(2, 0x0800 + dims.length);
  dims.forEach((dim, i) => {
    view.setUint32(4 + 4 * i, dim);
  });
  bytes.set(data, 4 + 4 * dims.length);
  return bytes;
}

export const TRAIN_SIZE = 200;
export const TEST_SIZE = 50;

const train = drawDigits({count: TRAIN_SIZE, seed: 7});
const test = drawDigits({count: TEST_SIZE, seed: 7, start: 1000});

/** A small data set in MNIST's form. */
export const splits = {train, test};

/** A split in short, so that a difference prints in a line instead of 150,000. */
export function digest({images, labels, size}: MnistSplit): string {
  const hash = createHash('sha256').update(images).update(labels).digest('hex');
  return `${images.constructor.name}, ${labels.constructor.name}, ${size}: ${hash}`;
}

/** For loads that must fail: one that succeeds prints its source, not 47 MB of pixels. */
export async function sourceOf(loading: Promise<MnistData>): Promise<MnistData['source']> {
  return (await loading).source;
}

export function expectSmallSet(data: MnistData, source: MnistData['source']): void {
  expect(digest(data.train)).toBe(digest(train));
  expect(digest(data.test)).toBe(digest(test));
  expect(data.source).toBe(source);
}

export const contents: Record<Part, Uint8Array<ArrayBuffer>> = {
  trainImages: encodeIdx([TRAIN_SIZE, 28, 28], train.images),
  trainLabels: encodeIdx([TRAIN_SIZE], train.labels),
  testImages: encodeIdx([TEST_SIZE, 28, 28], test.images),
  testLabels: encodeIdx([TEST_SIZE], test.labels),
};

function describeFile(part: Part): DataFile {
  const sha256 = createHash('sha256').update(contents[part]).digest('hex');
  return {name: MNIST_FILES[part].name, bytes: contents[part].length, sha256};
}

/** The small data set's files, with the checksums that its downloads must have. */
export const files = Object.fromEntries(PARTS.map((part) => [part, describeFile(part)])) as unknown as DataFiles;

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** Writes the small data set, with some files' bytes replaced, or left out where they are null. */
export function writeFolder(
  options: {nameOf?: (name: string) => string; replace?: Partial<Record<Part, Uint8Array | null>>} = {},
): string {
  const folder = temporaryFolder();
  for (const part of PARTS) {
    const name = (options.nameOf ?? String)(files[part].name);
    const bytes = options.replace?.[part] === undefined ? contents[part] : options.replace[part];
    if (bytes !== null) writeFileSync(path.join(folder, name), name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  }
  return folder;
}
